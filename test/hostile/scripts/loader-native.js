// family: module loader
// source: own idea: machine code as a package
// expect: error 1000 Error
function attack(cb) {
  cb(require('native'));
}
