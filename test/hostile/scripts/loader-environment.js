// family: module loader
// source: own idea: what a package sees of the environment shows no canary
// expect: value false
function attack(cb) {
  cb(/canary-of|SECRET|PATH|\/work\/|\/tmp\//.test(require('envs')));
}
