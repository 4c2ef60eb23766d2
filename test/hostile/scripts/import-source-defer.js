// family: import()
// source: own idea: newer phases of import()
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  for (const text of ['import.source("x")', 'import.defer("node:fs")']) {
    const p = caught(() => (0, eval)(text));
    loot.push(p);
    await p?.catch?.((e) => loot.push(e));
  }
  cb(verdict(...loot));
}
