// family: reuse
// source: own idea: the earlier call leaves a getter that overflows the stack in the next one's set-up
// earlier: tamper
// globals: {"given":1}
// expect: value "safe" or error 1000
const loot = [];
function tamper(cb) {
  for (const name of ['then', 'toJSON', 'length'])
    Object.defineProperty(Object.prototype, name, {
      configurable: true,
      get() {
        deep(() => loot.push(caught(() => JSON.stringify(1))), 5);
        return undefined;
      },
      set() {},
    });
  cb('tampered');
}
function attack(cb) {
  for (const name of ['then', 'toJSON', 'length']) delete Object.prototype[name];
  cb(verdict(...loot));
}
