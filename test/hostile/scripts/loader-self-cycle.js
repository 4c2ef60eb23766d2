// family: module loader
// source: own idea: a module that requires itself
// expect: value {"ok":true}
function attack(cb) {
  cb(require('selfcycle'));
}
