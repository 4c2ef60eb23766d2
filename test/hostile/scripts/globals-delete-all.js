// family: poisoned globals
// source: own idea: everything is deleted
// expect: value "safe"
function attack(cb) {
  for (const name of Reflect.ownKeys(globalThis)) caught(() => delete globalThis[name]);
  cb('safe');
}
