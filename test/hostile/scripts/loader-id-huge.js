// family: module loader
// source: own idea: ids of megabytes, and many different ones
// expect: value "safe"
function attack(cb) {
  const loot = [
    caught(() => require('x'.repeat(5e6))),
    caught(() => require('a/'.repeat(1e5))),
    caught(() => require('@'.repeat(1e5) + '/x')),
  ];
  const get = require('good').require;
  for (let i = 0; i < 500; i++) caught(() => get(`./n${i}`));
  cb(verdict(...loot));
}
