// family: Function and eval
// source: own idea: the name of the function is an expression
// expect: error 1001
// call: attack(), process
function attack(cb) {
  cb('never');
}
