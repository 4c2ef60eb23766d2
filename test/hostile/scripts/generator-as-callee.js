// family: generators
// source: own idea: the function to call is a generator
// expect: error 1002
// timeout: 400
function* attack(cb) {
  cb('never');
}
