// family: species
// source: vm2 issue 138: Symbol.species while arrays are made from ours
// expect: value "safe"
function attack(cb) {
  const loot = [];
  class Spy extends Array {
    static get [Symbol.species]() {
      loot.push(this);
      return function () {
        loot.push(...arguments);
        return [];
      };
    }
  }
  const spy = Spy.from([1, 2, 3]);
  console.log(spy, spy.map(String), spy.concat([1]));
  console.table(spy);
  cb(verdict(...loot));
}
