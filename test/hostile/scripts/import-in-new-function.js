// family: import()
// source: notes: open on Node 26 without the flags
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  const Async = (async () => {}).constructor;
  const Gen = function* () {}.constructor;
  for (const f of [
    new Function('return import("node:fs")'),
    new Async('return import("node:fs")'),
    () => new Gen('yield import("node:fs")')().next().value,
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
