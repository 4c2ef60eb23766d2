// family: poisoned globals
// source: own idea: a lexical declaration over a global
// expect: error 1000 SyntaxError or value "safe"
// globals: {"x":1}
let x = 2;
function attack(cb) {
  cb('safe');
}
