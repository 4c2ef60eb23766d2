// family: prepareStackTrace
// source: vm2 CVE-2023-29017: the hook runs in an unhandled async error
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Error.prepareStackTrace = (error, sites) => {
    loot.push(error, sites, ...sites.flatMap((s) => [s, s.getThis(), s.getFunction()]));
  };
  const p = (async () => {
    null.x;
  })();
  p.catch((e) => {
    loot.push(e, e.stack);
    cb(verdict(...loot));
  });
}
