// family: Atomics
// source: own idea: a promise that the engine settles after the end
// expect: value "undefined"
// process: value "function"
function attack(cb) {
  cb(typeof Atomics.waitAsync);
}
