// family: module loader
// source: Node's permission model follows links: a link asked for by its own path
// expect: error 1000 Error
function attack(cb) {
  cb(require('linked/canary.json'));
}
