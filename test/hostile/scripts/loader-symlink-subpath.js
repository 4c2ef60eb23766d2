// family: module loader
// source: notes, finding 6: a link asked for by its own path
// expect: error 1000 Error
function attack(cb) {
  cb(require('linked/canary.json'));
}
