// family: module loader
// source: Node's permission model follows links: a main file that is a link out of the folder
// expect: error 1000 Error
function attack(cb) {
  cb(require('linkedmain'));
}
