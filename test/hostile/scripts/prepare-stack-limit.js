// family: prepareStackTrace
// source: own idea: a stackTraceLimit with every frame of the host
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Error.stackTraceLimit = Infinity;
  Error.prepareStackTrace = (error, sites) => {
    loot.push(...sites.flatMap((s) => [s, s.getThis(), s.getFunction()]));
  };
  new Error('x').stack;
  caught(() => require('nope'))?.stack;
  cb(verdict(...loot));
}
