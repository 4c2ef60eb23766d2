// family: module loader
// source: own idea: a package that loads its neighbour by path
// expect: error 1000 Error
// process: value "canary-of-a-file-7f3a"
// modules: neighbour
function attack(cb) {
  cb(require('neighbour'));
}
