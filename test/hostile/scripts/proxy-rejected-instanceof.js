// family: Proxy
// source: own idea: the host asks `instanceof Error` of what nobody caught
// expect: error 1000 safe
function attack(cb) {
  globalThis.loot = [];
  Promise.reject(
    new Proxy(function () {}, {
      getPrototypeOf: (t) => {
        loot.push(t);
        return Error.prototype;
      },
      get: (t, k) => (k === 'name' ? verdict(...loot) : undefined),
    }),
  );
}
