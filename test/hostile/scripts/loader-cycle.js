// family: module loader
// source: own idea: two packages in a circle
// expect: value ["early"]
function attack(cb) {
  cb(require('cycle-a').b.seen);
}
