// family: poisoned globals
// source: own idea: indices and odd names
// expect: value "abc"
// globals: {"0":"a","-1":"b","":"c"}
// prelude: none
function attack(cb) {
  cb(globalThis[0] + globalThis[-1] + globalThis['']);
}
