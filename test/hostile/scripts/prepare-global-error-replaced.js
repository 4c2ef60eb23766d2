// family: prepareStackTrace
// source: vm2 CVE-2022-36067: globalThis.Error replaced by an object with the hook
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const Real = Error;
  globalThis.Error = {
    prepareStackTrace: (error, sites) => {
      loot.push(error, sites, ...sites.flatMap((s) => [s, s.getThis(), s.getFunction()]));
    },
  };
  caught(() => null.x)?.stack;
  new Real('x').stack;
  cb(verdict(...loot));
}
