// family: poisoned primordials
// source: own idea: `get` on Object.prototype changes every property descriptor
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Object.defineProperty(Object.prototype, 'get', {
    get() {
      loot.push(this);
      return undefined;
    },
    configurable: true,
  });
  caught(() => console.log({ a: 1 }));
  caught(() => require('good'));
  caught(() => Buffer.from('x'));
  caught(() => new URL('http://a/'));
  setTimeout(() => {}, 1);
  delete Object.prototype.get;
  cb(verdict(loot));
}
