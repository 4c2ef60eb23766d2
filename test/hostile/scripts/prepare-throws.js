// family: prepareStackTrace
// source: own idea: the hook throws, in the host's formatter
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Error.prepareStackTrace = () => {
    throw loot;
  };
  loot.push(caught(() => new Error('x').stack));
  cb(verdict(loot[0]));
}
