// family: generators
// source: own idea: the callee returns a thenable of ours
// expect: value "safe"
function attack() {
  const loot = [];
  return {
    then(ok, no) {
      loot.push(
        ok,
        no,
        this,
        arguments,
        caught(() => arguments.callee),
      );
      ok(verdict(...loot));
    },
  };
}
