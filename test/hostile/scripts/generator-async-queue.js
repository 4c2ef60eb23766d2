// family: generators
// source: vm2 GHSA class: a return() whose value is a thenable
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  async function* g() {
    yield 1;
  }
  const it = g();
  await it.return({
    then(ok, no) {
      loot.push(ok, no, ok.constructor);
      ok(1);
    },
  });
  cb(verdict(...loot));
}
