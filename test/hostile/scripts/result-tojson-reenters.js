// family: results
// source: own idea: toJSON answers first
// expect: value "first"
function attack(cb) {
  cb({
    toJSON() {
      cb('first');
      return 'second';
    },
  });
}
