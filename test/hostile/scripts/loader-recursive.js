// family: module loader
// source: own idea: a module that empties the cache and requires itself
// expect: error 1000 or error 1002 or error 1201
// timeout: 400
function attack(cb) {
  cb(require('recursive'));
}
