// family: poisoned primordials
// source: own idea: Reflect and Function.prototype replaced
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const real = Reflect.apply;
  for (const key of Reflect.ownKeys(Reflect)) {
    const f = Reflect[key];
    if (typeof f === 'function')
      Reflect[key] = function (...args) {
        loot.push(...args);
        return real(f, this, args);
      };
  }
  for (const key of ['call', 'apply', 'bind', 'toString']) {
    const f = Function.prototype[key];
    Function.prototype[key] = function (...args) {
      if (loot.length < 2000) loot.push(this, ...args);
      return real(f, this, args);
    };
  }
  console.log({ a: 1 });
  caught(() => require('good'));
  caught(() => require('nope'));
  cb(verdict(loot));
}
