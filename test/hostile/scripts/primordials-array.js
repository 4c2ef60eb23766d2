// family: poisoned primordials
// source: own idea: every function of Array.prototype replaced by a spy
// expect: value "safe"
function attack(cb) {
  const loot = [];
  let size = 0;
  const put = (x) => {
    loot[size++] = x;
  };
  const { apply, ownKeys } = Reflect;
  for (const key of ownKeys(Array.prototype)) {
    const f = Array.prototype[key];
    if (typeof f === 'function' && key !== 'constructor')
      Array.prototype[key] = function spy() {
        if (size < 2000) {
          put(this);
          put(arguments);
          put(spy.caller);
        }
        return apply(f, this, arguments);
      };
  }
  console.log({ a: [1] }, 'b');
  caught(() => require('good'));
  caught(() => require('nope'));
  setTimeout(() => {}, 1, 2);
  cb(verdict(loot));
}
