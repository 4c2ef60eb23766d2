// family: memory bombs
// source: own idea: objects of Node's own that nobody drops
// expect: value "safe" or error 1002 or error 1003 or error 1201
// timeout: short
function attack(cb) {
  const crypto = require('crypto');
  const zlib = require('zlib');
  const kept = [];
  let error;
  for (let n = 0; n < 1e6 && error === undefined; n++) {
    const made = caught(() => (n % 100 === 0 ? zlib.createGzip() : crypto.createHash('md5')));
    if (made instanceof Error) error = made;
    else kept.push(made);
  }
  cb(verdict(error));
}
