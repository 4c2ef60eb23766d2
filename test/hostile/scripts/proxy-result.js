// family: Proxy
// source: vm2 CVE-2023-29199 idea: traps while the result is read
// expect: value "LEAK-free safe"
function attack(cb) {
  const loot = [];
  const spy = (...args) => void loot.push(...args);
  cb(
    new Proxy(
      {},
      {
        get(t, k, r) {
          spy(t, k, r);
          return k === 'toJSON' ? () => `LEAK-free ${verdict(...loot, arguments)}` : undefined;
        },
      },
    ),
  );
}
