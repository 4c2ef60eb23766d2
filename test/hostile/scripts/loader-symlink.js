// family: module loader
// source: Node's permission model follows links: links out of the folder
// expect: error 1000 Error
function attack(cb) {
  cb(require('linked'));
}
