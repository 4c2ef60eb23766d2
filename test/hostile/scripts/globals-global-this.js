// family: poisoned globals
// source: the global object must not be looked up by a name that `globals` gives another value
// expect: value "safe"
// globals: {"globalThis":4,"other":1,"Object":1,"Array":2,"Promise":3,"JSON":4,"Reflect":5,"Symbol":6,"Error":7,"Function":8,"String":9,"Map":1,"Proxy":1,"undefined":1,"NaN":2,"Infinity":3}
// prelude: none
function attack(cb) {
  console.log('x', 1);
  cb(other === 1 ? 'safe' : 'lost');
}
