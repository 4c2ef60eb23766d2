// family: reuse
// source: own idea: the callee is an accessor, and what it gives is a proxy
// earlier: tamper
// expect: value "safe"
const loot = [];
function genuine(cb) {
  cb(verdict(cb, ...loot.splice(0)));
}
const forged = new Proxy(genuine, {
  apply: (target, self, args) => {
    loot.push(self, args);
    return target(...args);
  },
  get: (target, name, receiver) => (loot.push(receiver), target[name]),
});
function tamper(cb) {
  Object.defineProperty(globalThis, 'attack', {
    configurable: true,
    get() {
      loot.push(this);
      return forged;
    },
  });
  cb('tampered');
}
function attack(cb) {
  cb('safe');
}
