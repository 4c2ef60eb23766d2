// family: ES modules
// source: own idea: module and exports, changed, deleted, made of getters and proxies
// expect: value "safe"
const first = module;
exports.other = 1;
module.exports = new Proxy(
  {},
  {
    get(target, key, receiver) {
      const loot = [target, key, receiver, this, first];
      return key === 'attack' ? (cb) => cb(verdict(...loot)) : undefined;
    },
  },
);
