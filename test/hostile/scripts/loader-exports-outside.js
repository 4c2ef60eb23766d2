// family: module loader
// source: own idea: exports outside of the folder
// expect: error 1000 Error
// modules: outsideexports
function attack(cb) {
  cb(require('outsideexports'));
}
