// family: trampolines
// source: own idea: work in Node's threads outlives its script, and its result would come to the next one
// expect: value "answered"
function attack(cb) {
  const crypto = require('crypto');
  for (let n = 0; n < 8; n++) {
    crypto.scrypt('a', 'b', 64, { N: 2 ** 15, maxmem: 2 ** 28 }, () => cb('late'));
    crypto.subtle
      .generateKey(
        { name: 'RSA-PSS', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
        true,
        ['sign'],
      )
      .then(() => cb('late'));
  }
  cb('answered');
}
