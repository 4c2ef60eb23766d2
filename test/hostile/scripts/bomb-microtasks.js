// family: resource bombs
// source: own idea: the deadline of `vm` misses microtasks
// expect: error 1002
// timeout: 400
function attack(cb) {
  const again = () => Promise.resolve().then(again);
  again();
}
