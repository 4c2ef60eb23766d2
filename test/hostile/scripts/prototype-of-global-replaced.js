// family: prototypes
// source: own idea: setPrototypeOf of the global object
// expect: value "safe"
function attack(cb) {
  const loot = [];
  caught(() =>
    Object.setPrototypeOf(
      globalThis,
      new Proxy(
        {},
        {
          get(t, k, r) {
            loot.push(t, r);
            return undefined;
          },
          has: () => false,
        },
      ),
    ),
  );
  caught(() =>
    Object.setPrototypeOf(
      Object.getPrototypeOf(globalThis),
      new Proxy(
        {},
        {
          get(t, k, r) {
            loot.push(t, r);
          },
        },
      ),
    ),
  );
  caught(() => notThere);
  cb(verdict(...loot));
}
