// family: species
// source: vm2 CVE-2023-37466: species of an async function's promise that rejects with an overflow
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const dive = async () => {
    (function f() {
      f();
    })();
  };
  const p = dive();
  p.constructor = {
    [Symbol.species]: class {
      constructor(run) {
        run(
          (v) => loot.push(v),
          (e) => loot.push(e),
        );
      }
    },
  };
  p.then();
  setTimeout(() => cb(verdict(...loot)), 5);
}
