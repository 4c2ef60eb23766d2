// family: poisoned primordials
// source: own idea: String, Number and Error replaced on the global object
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const name of ['String', 'Number', 'Error', 'TypeError', 'RangeError', 'Symbol', 'Boolean']) {
    const F = globalThis[name];
    globalThis[name] = new Proxy(F, {
      apply(t, s, a) {
        loot.push(s, a);
        return Reflect.apply(t, s, a);
      },
      construct(t, a, n) {
        loot.push(a, n);
        return Reflect.construct(t, a);
      },
      get(t, k) {
        return Reflect.get(t, k);
      },
    });
  }
  console.log(Symbol.iterator);
  console.count({});
  caught(() => setTimeout(5));
  setTimeout(() => {}, {});
  caught(() => require(5));
  caught(() => require('nope'));
  caught(() => new URL('x'));
  cb(verdict(loot));
}
