// family: module loader
// source: notes, finding 6: a main file that is a link out of the folder
// expect: error 1000 Error
function attack(cb) {
  cb(require('linkedmain'));
}
