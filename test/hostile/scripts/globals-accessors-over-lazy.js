// family: poisoned globals
// source: own idea: accessors where ours are lazy
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const name of ['Buffer', 'URL', 'TextEncoder', 'performance', 'atob']) {
    const d = Object.getOwnPropertyDescriptor(globalThis, name);
    loot.push(
      d,
      d.get,
      d.set,
      caught(() => d.get.call({})),
      caught(() => d.set.call(null, 5)),
      caught(() => globalThis[name]),
    );
  }
  cb(verdict(...loot));
}
