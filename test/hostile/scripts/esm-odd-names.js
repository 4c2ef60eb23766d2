// family: ES modules
// source: own idea: exports that have the names of what objects inherit
// expect: value "safe"
async function attack(cb) {
  const loaded = require('esm-odd');
  const imported = await import('esm-odd');
  const loot = [
    loaded,
    imported,
    loaded.__proto__,
    loaded.constructor,
    imported['a b'],
    caught(() => `${loaded}`),
  ];
  loot.push(
    caught(() => Object.assign({}, loaded)),
    caught(() => structuredClone(loaded)),
    caught(() => require('util').inspect(imported)),
  );
  loot.push(
    caught(() => {
      imported.__proto__ = 5;
    }),
    caught(() => Object.setPrototypeOf(imported, {})),
    caught(() => delete imported.constructor),
  );
  cb({}.constructor === Object && ''.toString() === '' ? verdict(...loot) : 'LEAK: a prototype was changed');
}
