// family: resource bombs
// source: own idea: the heap; the limits branch gives this 1003
// expect: error 1000 or error 1002 or error 1003
// timeout: 400
function attack(cb) {
  const all = [];
  for (;;) all.push(new Array(1000).fill({}));
}
