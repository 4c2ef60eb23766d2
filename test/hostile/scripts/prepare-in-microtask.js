// family: prepareStackTrace
// source: vm2 CVE-2022-36067: call sites below a promise reaction
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Error.prepareStackTrace = (error, sites) => {
    loot.push(sites, ...sites.flatMap((s) => [s, s.getThis(), s.getFunction()]));
  };
  queueMicrotask(() =>
    Promise.resolve().then(() => {
      new Error('x').stack;
      cb(verdict(...loot));
    }),
  );
}
