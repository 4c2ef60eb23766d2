// family: import()
// source: own idea: the Error that the refusal is made with is replaced
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  globalThis.Error = function (...args) {
    loot.push(this, new.target, ...args);
  };
  await import('x').catch((e) => loot.push(e));
  cb(verdict(...loot));
}
