// family: module loader
// source: own idea: a dependency's require reaches no further than its own
// expect: value "safe"
// process: value "LEAK: the allowlist"
// modules: depends
function attack(cb) {
  const { module, good } = require('depends');
  const loot = [
    caught(() => good.require('forbidden')),
    caught(() => good.require('../forbidden/index.js')),
    caught(() => module.require('forbidden')),
    caught(() => good.require('native')),
    caught(() => good.module.children),
  ];
  cb(loot.some((x) => JSON.stringify(x)?.includes('canary')) ? 'LEAK: the allowlist' : verdict(...loot));
}
