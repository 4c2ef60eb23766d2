// family: WebAssembly
// source: own idea: compiles in another thread, and rejects from there
// expect: value "safe"
// process: value "LEAK: compiled"
async function attack(cb) {
  const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  const loot = [];
  for (const name of ['compile', 'instantiate']) {
    const p = WebAssembly[name](bytes);
    loot.push(p);
    await p.then(
      () => loot.push('GOT'),
      (e) => loot.push(e),
    );
  }
  cb(loot.includes('GOT') ? 'LEAK: compiled' : verdict(...loot));
}
