// family: structured clone
// source: vm2 GHSA class: structuredClone of the host's realm
// expect: value "safe"
function attack(cb) {
  const loot = [typeof structuredClone === 'function' ? structuredClone : undefined];
  for (const thing of [{}, [], new Map(), new Error('x'), new Date(), /x/, new Uint8Array(1), () => {}])
    loot.push(caught(() => structuredClone(thing)));
  cb(verdict(...loot));
}
