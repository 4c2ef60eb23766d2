// family: prepareStackTrace
// source: own idea: captureStackTrace with a spying target
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Error.prepareStackTrace = (target, sites) => {
    loot.push(target, sites, ...sites);
    return 1;
  };
  const target = new Proxy(
    {},
    {
      defineProperty(t, k, d) {
        loot.push(t, d);
        return true;
      },
      set(t, k, v) {
        loot.push(v);
        return true;
      },
    },
  );
  caught(() => Error.captureStackTrace(target, attack));
  const plain = {};
  Error.captureStackTrace(plain);
  plain.stack;
  cb(verdict(...loot));
}
