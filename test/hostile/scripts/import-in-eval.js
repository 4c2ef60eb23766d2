// family: import()
// source: notes: direct and indirect eval
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  for (const f of [
    () => eval('import("node:fs")'),
    () => (0, eval)('import("node:fs")'),
    () => globalThis.eval('import("node:fs")'),
  ]) {
    const p = f();
    loot.push(p);
    await p.then(
      (v) => loot.push('GOT', v),
      (e) => loot.push(e),
    );
  }
  cb(loot.includes('GOT') ? 'LEAK: a module' : verdict(...loot));
}
