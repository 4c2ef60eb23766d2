// family: Function and eval
// source: own idea: call "eval"
// expect: error 1001
// call: eval
function attack(cb) {
  cb('never');
}
