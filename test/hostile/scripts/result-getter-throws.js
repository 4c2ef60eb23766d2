// family: results
// source: own idea: a getter of the result throws
// expect: error 1000 RangeError
function attack(cb) {
  cb({
    get a() {
      throw new RangeError('x');
    },
  });
}
