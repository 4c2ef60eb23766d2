// family: Proxy
// source: vm2 CVE-2023-30547 idea: a proxy as the exception
// expect: error 1000 safe
function attack() {
  const loot = [];
  throw new Proxy(
    {},
    {
      get(t, k, r) {
        loot.push(t, r, arguments, this);
        return k === 'name' ? verdict(...loot) : k === 'message' ? 'm' : undefined;
      },
      getPrototypeOf(t) {
        loot.push(t, arguments);
        return null;
      },
    },
  );
}
