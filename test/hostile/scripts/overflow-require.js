// family: stack overflow
// source: vm2 class: the loader on a full stack
// expect: value "safe" or error 1201
function attack(cb) {
  const loot = [];
  for (const id of ['util', 'nope', 'good', 'fs']) caught(() => require(id));
  deep(() => {
    for (const id of ['util', 'nope', 'good', 'fs', 'url'])
      loot.push(
        caught(() => require(id)),
        caught(() => require.resolve(id)),
      );
  }, 80);
  cb(verdict(...loot));
}
