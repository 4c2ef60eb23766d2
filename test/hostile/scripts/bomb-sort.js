// family: resource bombs
// source: own idea: native sort with a slow comparison
// expect: error 1002
// timeout: 400
function attack(cb) {
  cb(
    new Array(1e6)
      .fill(0)
      .map((_, i) => i)
      .sort(() => {
        for (let i = 0; i < 1e5; i++);
        return 0;
      }).length,
  );
}
