// family: stack overflow
// source: vm2 GHSA-9qj6-qjgg-37qq class: each function of the console
// expect: value "safe" or error 1201
function attack(cb) {
  const loot = [];
  const names = Object.keys(console);
  for (const name of names) caught(() => console[name]({ a: [1] }));
  deep(() => {
    for (const name of names) loot.push(caught(() => console[name]({ a: 1 }, 'x')));
  }, 60);
  cb(verdict(...loot));
}
