// family: Proxy
// source: vm2 CVE-2023-37466 idea: a trap sees what it is called with
// expect: value "safe"
const loot = [];
var attack = new Proxy(function (cb) {}, {
  apply(target, self, args) {
    loot.push(target, self, args, ...args);
    args[0](verdict(...loot));
  },
  get(target, key, receiver) {
    loot.push(target, key, receiver);
    return target[key];
  },
});
