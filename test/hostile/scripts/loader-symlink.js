// family: module loader
// source: notes, finding 6: links out of the folder
// expect: error 1000 Error
function attack(cb) {
  cb(require('linked'));
}
