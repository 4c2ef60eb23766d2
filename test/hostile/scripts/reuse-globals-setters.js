// family: reuse
// source: own idea: accessors, which cannot be redefined, wait for the globals of the next call
// earlier: tamper
// globals: {"given":1,"other":{"b":2}}
// expect: value "safe"
const loot = [];
function tamper(cb) {
  for (const name of ['given', 'other', 'host', 'console'])
    Object.defineProperty(globalThis, name, {
      configurable: false,
      get: () => loot,
      set(value) {
        loot.push(this, value);
      },
    });
  cb('tampered');
}
function attack(cb) {
  cb(verdict(given, other, ...loot));
}
