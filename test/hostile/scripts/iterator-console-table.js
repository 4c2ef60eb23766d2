// family: iterators
// source: own idea: console.table walks with the script's iterators
// expect: value "safe"
function attack(cb) {
  const loot = [];
  class Spy extends Map {
    *entries() {
      loot.push(this, arguments);
      yield [1, { a: 1 }];
    }
  }
  caught(() => console.table(new Spy([[1, 2]])));
  caught(() =>
    console.table([{ a: 1 }], {
      [Symbol.iterator]: function* () {
        loot.push(this);
        yield 'a';
      },
    }),
  );
  cb(verdict(...loot));
}
