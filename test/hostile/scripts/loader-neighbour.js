// family: module loader
// source: own idea: a package that loads its neighbour by path
// expect: error 1000 Error
// modules: neighbour
function attack(cb) {
  cb(require('neighbour'));
}
