// family: prepareStackTrace
// source: vm2 CVE-2023-29017: the hook runs while the host handles the exception
// expect: error 1000 safe
function attack() {
  const loot = [];
  Error.prepareStackTrace = (error, sites) => {
    loot.push(error, sites, ...sites.flatMap((s) => [s, s.getThis(), s.getFunction()]));
    error.name = 'x';
    return 'stack';
  };
  const error = new Error('m');
  Object.defineProperty(error, 'name', {
    get() {
      error.stack;
      return verdict(...loot);
    },
  });
  throw error;
}
