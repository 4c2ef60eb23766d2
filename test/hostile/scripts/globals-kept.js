// family: poisoned globals
// source: javascriptd README: console and require are the service's own
// expect: value "function function"
// globals: {"console":{"log":1},"require":5}
// prelude: none
function attack(cb) {
  cb(`${typeof console.log} ${typeof require}`);
}
