// family: import()
// source: own idea: in the text of a package, and in code that it makes
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  const { direct, made, evaled } = require('importer');
  for (const f of [direct, made, evaled]) {
    const p = f();
    loot.push(p);
    await p.then(
      () => loot.push('GOT'),
      (e) => loot.push(e),
    );
  }
  cb(loot.includes('GOT') ? 'LEAK: a module' : verdict(...loot));
}
