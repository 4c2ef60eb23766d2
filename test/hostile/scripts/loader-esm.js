// family: module loader
// source: own idea: a package that is an ES module only
// expect: error 1000 Error
function attack(cb) {
  cb(require('esm'));
}
