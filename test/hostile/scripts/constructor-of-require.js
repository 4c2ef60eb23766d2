// family: constructors
// source: vm2 GHSA-mrgp-mrhc-5jrq idea: the constructor of anything that was given
// expect: value "safe"
function attack(cb) {
  cb(verdict(require, require.resolve, require.cache, require.main, Object.getPrototypeOf(require)));
}
