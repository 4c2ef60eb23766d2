// family: trampolines
// source: own idea: names that every object has, as operations
// expect: value "safe"
function attack(cb) {
  const crypto = require('crypto');
  const loot = [];
  const names = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'then', ''];
  // The names of operations are put together in the context, from texts that a replaced builtin can change.
  for (const name of names)
    for (const f of [
      () => crypto.createHash(name),
      () => crypto.getCipherInfo(name),
      () => crypto.createECDH(name),
      () => crypto.subtle[name],
      () => crypto.subtle.importKey(name, name, name, name, name),
      () => require('zlib')[name],
    ])
      loot.push(caught(f));
  loot.push(Object.getPrototypeOf(crypto.constants), Object.getPrototypeOf(require('zlib').constants));
  cb(verdict(...loot));
}
