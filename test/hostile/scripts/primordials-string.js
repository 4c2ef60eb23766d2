// family: poisoned primordials
// source: own idea: every function of String.prototype replaced by a spy
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const key of Reflect.ownKeys(String.prototype)) {
    const f = String.prototype[key];
    if (typeof f === 'function' && key !== 'constructor')
      String.prototype[key] = function spy() {
        if (loot.length < 2000) loot.push(this, arguments, spy.caller);
        return Reflect.apply(f, this, arguments);
      };
  }
  console.log({ a: 'x\ny' });
  console.group();
  console.log('a\nb');
  caught(() => require('good'));
  caught(() => require('nope'));
  caught(() => new URL('http://a/b'));
  cb(verdict(loot));
}
