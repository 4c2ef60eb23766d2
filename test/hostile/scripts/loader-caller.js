// family: module loader
// source: own idea: a sloppy package function asks who called it
// expect: value "safe"
function attack(cb) {
  cb(verdict(require('caller')(), setTimeout(require('caller'), 1)));
}
