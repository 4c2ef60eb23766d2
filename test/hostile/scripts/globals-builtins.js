// family: poisoned globals
// source: javascriptd's own bug: `Object: 1` lost the function
// expect: value "safe"
// globals: {"Object":1,"Array":2,"Promise":3,"JSON":4,"Reflect":5,"Symbol":6,"Error":7,"Function":8,"String":9,"Map":1,"Proxy":1,"undefined":1,"NaN":2,"Infinity":3,"globalThis":4}
// prelude: none
function attack(cb) {
  console.log('x', 1);
  cb('safe');
}
