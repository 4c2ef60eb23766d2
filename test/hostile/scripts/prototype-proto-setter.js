// family: prototypes
// source: vm2 CVE-2021-23449 idea: __proto__ of results of the loader
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const util = require('util');
  util.__proto__ = new Proxy({}, { get: (t, k, r) => void loot.push(t, r) });
  caught(() => util.anything);
  util.__proto__ = null;
  cb(verdict(util, ...loot));
}
