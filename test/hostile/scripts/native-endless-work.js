// family: trampolines
// source: own idea: work in Node's threads that does not end, under an answer
// expect: value "answered"
function attack(cb) {
  const crypto = require('crypto');
  for (let n = 0; n < 16; n++) crypto.pbkdf2('a', 'b', 2 ** 30, 64, 'sha512', () => cb('late'));
  cb('answered');
}
