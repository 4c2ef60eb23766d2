// family: module loader
// source: own idea: a package that does not compile: the engine's error is of the host's realm
// expect: value "safe"
function attack(cb) {
  const e = caught(() => require('broken'));
  cb(verdict(e, e.cause));
}
