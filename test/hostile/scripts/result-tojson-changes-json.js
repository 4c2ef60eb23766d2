// family: results
// source: own idea: toJSON replaces JSON.stringify while it runs
// expect: value {"a":1}
function attack(cb) {
  cb({
    a: {
      toJSON() {
        JSON.stringify = () => '"forged"';
        return 1;
      },
    },
  });
}
