// family: module loader
// source: own idea: a package starts programs
// expect: value "denied: ERR_ACCESS_DENIED"
function attack(cb) {
  cb(require('spawns'));
}
