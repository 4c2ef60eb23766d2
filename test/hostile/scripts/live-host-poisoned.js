// family: calling back
// source: own idea: promises and arrays poisoned before a function of the host's is called
// options: {"functions": ["ok"]}
// expect: value "safe"
// process: value "safe" or error 1201
function attack(cb) {
  const loot = [];
  const { ok } = host;
  Promise.prototype.then = function (...args) {
    loot.push(this, ...args);
  };
  Object.defineProperty(Promise, Symbol.species, { get: () => function Forged() {} });
  Object.defineProperty(Array.prototype, 'length', { value: 0 });
  Object.defineProperty(Object.prototype, 'error', { configurable: true, get: () => loot.push('read') });
  loot.push(ok(1), ok([2]), ok({ a: 3 }));
  delete Object.prototype.error;
  cb(verdict(...loot));
}
