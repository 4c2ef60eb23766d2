// family: import()
// source: own idea: options with getters and traps
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  const spy = new Proxy(
    {},
    {
      get(t, k, r) {
        loot.push(r, arguments);
        return k === 'with' || k === 'assert'
          ? new Proxy(
              { type: 'json' },
              {
                get(t, k, r) {
                  loot.push(r);
                  return 'json';
                },
                ownKeys(t) {
                  loot.push(arguments);
                  return ['type'];
                },
                getOwnPropertyDescriptor: (t, k) => ({ value: 'json', enumerable: true, configurable: true }),
              },
            )
          : undefined;
      },
    },
  );
  const p = caught(() => new Function('spy', 'return import("x", spy)')(spy));
  await p?.catch?.((e) => loot.push(e));
  loot.push(p);
  cb(verdict(...loot));
}
