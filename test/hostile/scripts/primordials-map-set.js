// family: poisoned primordials
// source: own idea: maps and sets that the inspector keeps
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const P of [Map.prototype, Set.prototype, WeakMap.prototype, WeakSet.prototype])
    for (const key of ['get', 'set', 'add', 'has', 'delete', 'forEach']) {
      const f = P[key];
      if (f)
        P[key] = function spy(...args) {
          if (loot.length < 2000) loot.push(this, ...args, spy.caller);
          return Reflect.apply(f, this, args);
        };
    }
  const o = {};
  o.o = o;
  caught(() => console.log(o, new Map([[1, new Set([2])]])));
  caught(() => require('stream'));
  cb(verdict(loot));
}
