// family: generators
// source: own idea: a thenable that resolves and rejects and throws
// expect: value 1
function attack() {
  return {
    then(ok, no) {
      ok(1);
      ok(2);
      no(3);
      throw 4;
    },
  };
}
