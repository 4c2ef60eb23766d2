// family: generators
// source: own idea: the function to call is an async generator
// expect: error 1002
// timeout: 400
async function* attack(cb) {
  cb('never');
}
