// family: console arguments
// source: vm2 CVE-2023-32313 class: inspect of proxies with showProxy
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const handler = new Proxy(
    {},
    {
      get(t, k, r) {
        loot.push(t, k, r);
        return undefined;
      },
    },
  );
  const proxy = new Proxy({}, handler);
  console.log(proxy);
  console.dir(proxy, { showProxy: true, depth: 9, showHidden: true, getters: true });
  cb(
    verdict(
      ...loot,
      caught(() => require('util').inspect(proxy, { showProxy: true })),
    ),
  );
}
