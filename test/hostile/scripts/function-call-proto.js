// family: Function and eval
// source: own idea: call "__defineGetter__"
// expect: error 1001
// call: __defineGetter__
function attack(cb) {
  cb('never');
}
