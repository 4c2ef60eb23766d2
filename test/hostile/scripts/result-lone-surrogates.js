// family: results
// source: own idea: half characters on the pipe
// expect: value ["\ud800","\udfff\u2028\u0000"]
function attack(cb) {
  cb(['\ud800', '\udfff\u2028\u0000']);
}
