// family: species
// source: vm2 CVE-2023-37466: species of the promise that import() gives
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const p = import('node:fs');
  p.constructor = {
    [Symbol.species]: class {
      constructor(run) {
        loot.push(run);
        run(
          (v) => loot.push(v),
          (e) => loot.push(e),
        );
      }
    },
  };
  caught(() => p.then());
  p.then.call(
    p,
    (v) => loot.push(v),
    (e) => loot.push(e),
  );
  setTimeout(() => cb(verdict(...loot, p)), 5);
}
