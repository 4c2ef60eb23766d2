// family: module loader
// source: own idea: a package of megabytes
// expect: value 4000000
function attack(cb) {
  cb(require('huge'));
}
