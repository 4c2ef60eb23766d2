// family: results
// source: own idea: an array said to be endless
// expect: error 1000 RangeError or error 1002 or error 1003
// timeout: 400
function attack(cb) {
  cb(new Array(2 ** 32 - 1));
}
