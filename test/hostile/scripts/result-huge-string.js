// family: results
// source: own idea: more than a result may hold
// expect: error 1003
function attack(cb) {
  cb('x'.repeat(9 * 1024 * 1024));
}
