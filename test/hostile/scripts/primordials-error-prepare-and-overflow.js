// family: poisoned primordials
// source: own idea: both at once while a module loads
// expect: value "safe" or error 1201
function attack(cb) {
  const loot = [];
  caught(() => require('broken'));
  caught(() => require('util').inspect({}));
  Error.prepareStackTrace = (e, sites) => {
    for (const s of sites) if (loot.length < 2000) loot.push(s, s.getThis(), s.getFunction());
    return '';
  };
  deep(() => {
    caught(() => require('broken'));
    caught(() => require('nope'));
  }, 60);
  cb(verdict(loot.slice(0, 2000)));
}
