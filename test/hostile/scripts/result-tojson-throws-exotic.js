// family: results
// source: own idea: toJSON throws a proxy
// expect: error 1000
function attack(cb) {
  cb({
    toJSON() {
      throw new Proxy(() => {}, {});
    },
  });
}
