// family: results
// source: own idea: an answer, then an exception
// expect: value 1
function attack(cb) {
  cb(1);
  throw new Error('late');
}
