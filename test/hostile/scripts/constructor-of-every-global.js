// family: constructors
// source: own idea: walks all that a global leads to
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const name of Object.getOwnPropertyNames(globalThis)) loot.push(caught(() => globalThis[name]));
  cb(verdict(...loot));
}
