// family: module loader
// source: own idea: package.json's main outside of its folder
// expect: error 1000 Error
function attack(cb) {
  cb(require('outsidemain'));
}
