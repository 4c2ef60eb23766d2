// family: ES modules
// source: own idea: what one import gives, changed for the next one
// expect: value "safe"
async function attack(cb) {
  const ns = await import('esm-open');
  const loot = [ns, ns.part, ns.part.back];
  for (const key of Object.keys(ns))
    loot.push(
      caught(() => Object.defineProperty(ns, key, { value: 5 })),
      caught(() => {
        'use strict';
        ns[key] = 5;
      }),
    );
  loot.push(caught(() => Object.defineProperty(ns, 'more', { value: 1 })));
  const again = await import('esm-open');
  cb(again === ns && again.add() === 1 && again.n === 1 ? verdict(...loot) : 'LEAK: a namespace was changed');
}
