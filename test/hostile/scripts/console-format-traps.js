// family: console arguments
// source: own idea: every directive of the format over a spy
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const spy = new Proxy(function () {}, {
    get(t, k, r) {
      loot.push(t, r, arguments);
      return undefined;
    },
    getPrototypeOf(t) {
      loot.push(arguments);
      return null;
    },
    ownKeys(t) {
      loot.push(arguments);
      return Reflect.ownKeys(t);
    },
  });
  for (const d of ['%s', '%d', '%i', '%f', '%j', '%o', '%O', '%c', '%%', '%x'])
    loot.push(caught(() => console.log(d, spy)));
  cb(verdict(...loot));
}
