// family: Proxy
// source: own idea: ownKeys and descriptors of the result
// expect: value {"v":"safe"}
function attack(cb) {
  const loot = [];
  cb(
    new Proxy(
      { v: 1 },
      {
        ownKeys(t) {
          loot.push(this, arguments, ...arguments);
          return ['v'];
        },
        getOwnPropertyDescriptor(t, k) {
          loot.push(arguments);
          return { value: 1, enumerable: true, configurable: true };
        },
        get: (t, k) => (k === 'v' ? verdict(...loot) : undefined),
      },
    ),
  );
}
