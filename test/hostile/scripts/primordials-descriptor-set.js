// family: poisoned primordials
// source: own idea: `set` on Object.prototype
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Object.prototype.set = function spy(v) {
    loot.push(this, v, spy.caller);
  };
  caught(() => console.log({ a: 1 }));
  caught(() => require('good'));
  caught(() => Buffer.from('x'));
  caught(() => new URL('http://a/'));
  delete Object.prototype.set;
  cb(verdict(loot));
}
