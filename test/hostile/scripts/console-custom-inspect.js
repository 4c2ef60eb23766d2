// family: console arguments
// source: vm2 GHSA class: nodejs.util.inspect.custom is given the host's inspect
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const spy = {
    [Symbol.for('nodejs.util.inspect.custom')](...args) {
      loot.push(this, ...args, args[1]?.stylize);
      return { a: 1 };
    },
  };
  for (const f of Object.values(console)) caught(() => f(spy));
  cb(verdict(...loot));
}
