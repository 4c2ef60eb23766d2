// family: trampolines
// source: own idea: one call that never ends, in Node's native code
// expect: error 1002 Timeout
// timeout: short
function attack() {
  require('crypto').pbkdf2Sync('a', 'b', 2 ** 30, 64, 'sha512');
}
