// family: module loader
// source: vm2 class: names of Object.prototype as ids
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const id of [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'prototype',
    '__defineGetter__',
    'valueOf',
  ])
    loot.push(
      caught(() => require(id)),
      caught(() => require.resolve(id)),
      caught(() => require(`node:${id}`)),
      caught(() => require(`good/${id}`)),
    );
  cb(verdict(...loot));
}
