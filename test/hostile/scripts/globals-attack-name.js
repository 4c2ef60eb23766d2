// family: poisoned globals
// source: own idea: a global of the function's name
// expect: value "code"
// globals: {"attack":"data"}
// prelude: none
function attack(cb) {
  cb('code');
}
