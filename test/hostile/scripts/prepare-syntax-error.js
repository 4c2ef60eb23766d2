// family: prepareStackTrace
// source: vm2 CVE-2022-36067 variant: errors that the engine makes while it compiles
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Error.prepareStackTrace = (error, sites) => {
    loot.push(error, sites, ...sites.flatMap((s) => [s, s.getThis(), s.getFunction()]));
  };
  for (const text of ['(', 'let = 5 5', 'await', '"use strict"; with (a) {}'])
    caught(() => new Function(text))?.stack;
  caught(() => (0, eval)('('))?.stack;
  caught(() => JSON.parse('{'))?.stack;
  cb(verdict(...loot));
}
