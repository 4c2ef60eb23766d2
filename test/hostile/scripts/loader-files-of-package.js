// family: module loader
// source: own idea: a package reads files
// expect: value "denied: ERR_ACCESS_DENIED"
function attack(cb) {
  cb(require('readsfiles'));
}
