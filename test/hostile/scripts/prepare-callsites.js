// family: prepareStackTrace
// source: vm2 CVE-2022-36067: call sites of the host
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Error.prepareStackTrace = (error, sites) => {
    loot.push(error, sites, ...sites);
    for (const s of sites) loot.push(s.getThis(), s.getFunction(), s.getTypeName(), s.getEvalOrigin());
    return '';
  };
  new Error('x').stack;
  cb(verdict(...loot));
}
