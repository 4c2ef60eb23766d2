// family: Function and eval
// source: own idea: a line separator in the name
// expect: error 1001
// call: attack\u2028;1
function attack(cb) {
  cb('never');
}
