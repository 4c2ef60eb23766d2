// family: module loader
// source: own idea: a package that loops while it loads
// expect: error 1002
// timeout: 400
function attack(cb) {
  cb(require('endless'));
}
