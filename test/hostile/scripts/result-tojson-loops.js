// family: results
// source: own idea: toJSON never comes back
// expect: error 1002
// timeout: 400
function attack(cb) {
  cb({
    toJSON() {
      for (;;);
    },
  });
}
