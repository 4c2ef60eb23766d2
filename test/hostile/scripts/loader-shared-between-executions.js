// family: module loader
// source: own idea: a package's module object changed for the next execution of the same tenant
// expect: value "set"
function attack(cb) {
  const util = require('util');
  util.inspect = () => 'polluted';
  util.format = () => 'polluted';
  require('good').polluted = true;
  Buffer.prototype.toString = () => 'polluted';
  for (const key of Object.keys(require.cache)) require.cache[key].exports = 'polluted';
  cb('set');
}
