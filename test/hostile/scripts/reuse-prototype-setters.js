// family: reuse
// source: own idea: setters on Object.prototype and Array.prototype that wait for the program's own objects
// earlier: tamper
// globals: {"given":{"a":[1]}}
// expect: value "safe"
const loot = [];
function tamper(cb) {
  for (const name of ['value', 'get', 'set', 'writable', 'given', '0', 'callback', 'id', 'resolve', 'error'])
    Object.defineProperty(Object.prototype, name, {
      configurable: true,
      set(value) {
        loot.push(this, value);
      },
    });
  cb('tampered');
}
function attack(cb) {
  for (const name of ['value', 'get', 'set', 'writable', 'given', '0', 'callback', 'id', 'resolve', 'error'])
    delete Object.prototype[name];
  cb(verdict(given, ...loot));
}
