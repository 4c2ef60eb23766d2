// family: poisoned primordials
// source: own idea: Promise and its functions replaced
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  const { then } = Promise.prototype;
  for (const key of ['then', 'catch', 'finally'])
    Promise.prototype[key] = function spy(...args) {
      loot.push(this, ...args, spy.caller);
      return Reflect.apply(then, this, args);
    };
  for (const key of ['resolve', 'reject', 'all'])
    Promise[key] = function (...args) {
      loot.push(this, ...args);
    };
  Object.defineProperty(Promise, Symbol.species, {
    get() {
      loot.push(this);
      return Promise;
    },
  });
  globalThis.Promise = function (run) {
    loot.push(run);
  };
  queueMicrotask(() => {});
  setTimeout(() => {}, 1);
  caught(() => import('x'));
  await null;
  return verdict(...loot);
}
