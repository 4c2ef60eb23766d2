// family: species
// source: own idea: species of typed arrays under Buffer
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const Typed = Object.getPrototypeOf(Uint8Array);
  Object.defineProperty(Typed, Symbol.species, {
    get() {
      loot.push(this);
      return Uint8Array;
    },
  });
  loot.push(
    Buffer.from('abc').slice(1),
    Buffer.from([1, 2]).map((x) => x),
    caught(() => Buffer.concat([Buffer.from('a')])),
  );
  cb(verdict(...loot));
}
