// family: module loader
// source: own idea: what the allowlist does not name
// expect: error 1000 Error
// modules: good
function attack(cb) {
  cb(require('forbidden'));
}
