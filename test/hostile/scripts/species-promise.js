// family: species
// source: vm2 CVE-2023-37903/37466: Promise species
// expect: value "safe"
function attack(cb) {
  const loot = [];
  class Spy extends Promise {
    constructor(run) {
      super((a, b) => {
        loot.push(a, b);
        run(a, b);
      });
      loot.push(run);
    }
    static get [Symbol.species]() {
      return Spy;
    }
  }
  const p = Spy.resolve(1).then(() => 2);
  p.constructor = { [Symbol.species]: Spy };
  p.then(() => cb(verdict(...loot, p)));
}
