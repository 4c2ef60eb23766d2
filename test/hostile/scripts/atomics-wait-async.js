// family: Atomics
// source: own idea: a promise that the engine settles after the end
// expect: value "undefined"
function attack(cb) {
  cb(typeof Atomics.waitAsync);
}
