// family: iterators
// source: vm2 CVE-2020 class: return() of an iterator after a throw
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const evil = {
    [Symbol.iterator]: () => ({
      next() {
        loot.push(this, arguments);
        throw 1;
      },
      return(...a) {
        loot.push(...a);
        return {};
      },
    }),
  };
  caught(() => new Map(evil));
  caught(() => Buffer.from(evil));
  caught(() => new URLSearchParams(evil));
  caught(() => Promise.all(evil).catch(() => {}));
  console.log(evil);
  cb(verdict(...loot));
}
