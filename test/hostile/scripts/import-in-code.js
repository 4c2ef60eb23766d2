// family: import()
// source: Node #35889 and notes: the rejection is of the host's realm
// expect: value "safe"
const early = import('node:fs');
async function attack(cb) {
  const loot = [early];
  await early.then(
    (v) => loot.push('GOT', v),
    (e) => loot.push(e),
  );
  cb(loot.includes('GOT') ? 'LEAK: a module' : verdict(...loot));
}
