// family: prepareStackTrace
// source: vm2 CVE-2022-36067: call sites below a timer
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Error.prepareStackTrace = (error, sites) => {
    loot.push(sites, ...sites.flatMap((s) => [s, s.getThis(), s.getFunction()]));
  };
  setTimeout(() => {
    new Error('x').stack;
    cb(verdict(...loot));
  }, 1);
}
