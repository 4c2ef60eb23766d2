// family: module loader
// source: own idea: imports outside of the folder
// expect: error 1000 Error
// modules: outsideimports
function attack(cb) {
  cb(require('outsideimports'));
}
