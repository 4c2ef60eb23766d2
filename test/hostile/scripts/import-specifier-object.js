// family: import()
// source: own idea: a specifier with a toString of ours
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  const id = {
    toString: function spy() {
      loot.push(this, spy.caller, arguments);
      return 'node:fs';
    },
  };
  await import(id).catch((e) => loot.push(e));
  await import({
    toString() {
      throw loot;
    },
  }).catch((e) => loot.push(e));
  await import(Symbol.iterator).catch((e) => loot.push(e));
  cb(verdict(...loot));
}
