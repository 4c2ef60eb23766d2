// family: Atomics
// source: own idea: slice of a shared buffer with a species of ours
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const shared = new SharedArrayBuffer(8);
  shared.constructor = {
    [Symbol.species]: function (n) {
      loot.push(this, new.target, n);
      return new SharedArrayBuffer(n);
    },
  };
  shared.slice(0, 4);
  cb(verdict(...loot));
}
