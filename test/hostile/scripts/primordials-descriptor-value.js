// family: poisoned primordials
// source: own idea: `value`, `writable` and `configurable` on Object.prototype
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const key of ['value', 'writable', 'configurable', 'enumerable'])
    Object.defineProperty(Object.prototype, key, {
      __proto__: null,
      get() {
        loot.push(this);
        return false;
      },
      set(v) {
        loot.push(v);
      },
      configurable: true,
    });
  caught(() => console.log({ a: 1 }));
  caught(() => require('good'));
  caught(() => Buffer.from('x'));
  caught(() => TextDecoder);
  for (const key of ['value', 'writable', 'configurable', 'enumerable'])
    Reflect.deleteProperty(Object.prototype, key);
  cb(verdict(loot));
}
