// family: poisoned primordials
// source: own idea: Symbol.hasInstance, toPrimitive, toStringTag on everything
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const F of [Error, TypeError, RangeError, Promise, Array, Map, Object])
    Object.defineProperty(F, Symbol.hasInstance, {
      value(x) {
        loot.push(this, x);
        return true;
      },
    });
  Object.defineProperty(Object.prototype, Symbol.toStringTag, {
    get() {
      loot.push(this);
      return 'x';
    },
    configurable: true,
  });
  Object.defineProperty(Object.prototype, Symbol.toPrimitive, {
    get() {
      loot.push(this);
      return undefined;
    },
    configurable: true,
  });
  console.log({}, new Map());
  caught(() => require('nope'));
  console.table([{}]);
  cb(verdict(loot));
}
