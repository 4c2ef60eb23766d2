// family: poisoned primordials
// source: own idea: Object.defineProperty and its like see what our bundles define
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const key of Object.getOwnPropertyNames(Object)) {
    const f = Object[key];
    if (typeof f === 'function' && key !== 'prototype')
      Object[key] = function (...args) {
        if (loot.length < 3000) loot.push(...args);
        return Reflect.apply(f, this, args);
      };
  }
  console.log({ a: 1 });
  caught(() => require('good'));
  caught(() => Buffer.from('x'));
  caught(() => new URL('http://a/'));
  cb(verdict(loot));
}
