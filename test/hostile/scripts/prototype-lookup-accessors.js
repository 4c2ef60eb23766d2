// family: prototypes
// source: vm2 GHSA-whpj-8f3w-67p5 idea: __lookupGetter__ and host accessors
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const o of [globalThis, require, console, cb, Error.prototype, Map.prototype])
    for (const k of Reflect.ownKeys(o)) loot.push(o.__lookupGetter__?.(k), o.__lookupSetter__?.(k));
  cb(verdict(...loot));
}
