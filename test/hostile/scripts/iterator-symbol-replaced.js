// family: iterators
// source: own idea: Array.prototype[Symbol.iterator] replaced before ours run
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const original = Array.prototype[Symbol.iterator];
  Array.prototype[Symbol.iterator] = function () {
    loot.push(this);
    return Reflect.apply(original, this, []);
  };
  console.log({ a: 1 }, 2);
  require('util').format('%s', 1);
  setImmediate(() => {}, 1);
  caught(() => new URL('nope'));
  Array.prototype[Symbol.iterator] = original;
  cb(verdict(...loot));
}
