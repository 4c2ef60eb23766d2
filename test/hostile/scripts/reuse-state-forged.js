// family: reuse
// source: own idea: the callee is an accessor that gives another function each time, and a proxy
// earlier: tamper
// expect: value "safe"
const loot = [];
function tamper(cb) {
  let reads = 0;
  Object.defineProperty(globalThis, 'attack', {
    configurable: true,
    get() {
      reads += 1;
      loot.push(this);
      return new Proxy(genuine, {
        apply: (target, self, args) => {
          loot.push(self, args);
          return target(...args);
        },
        get: (target, name, receiver) => (loot.push(receiver), target[name]),
      });
    },
  });
  cb('tampered');
}
function genuine(cb) {
  cb(verdict(cb, ...loot.splice(0)));
}
function attack() {}
