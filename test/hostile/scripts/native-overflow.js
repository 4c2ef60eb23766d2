// family: trampolines
// source: own idea: Node's functions called on a full stack
// expect: value "safe" or error 1000 RangeError or error 1201
function attack(cb) {
  const crypto = require('crypto');
  const zlib = require('zlib');
  const loot = [];
  const hash = crypto.createHash('md5');
  for (const f of [
    () => hash.update('x'),
    () => crypto.createHash('sha256'),
    () => crypto.createHash('nope'),
    () => crypto.randomBytes(8),
    () => crypto.randomBytes(8, () => {}),
    () => zlib.gzipSync('x'),
    () => zlib.inflateSync('x'),
    () => crypto.subtle.digest('SHA-256', new Uint8Array(1)).catch(() => {}),
    () => crypto.createPrivateKey('garbage'),
    () => crypto.generateKeyPairSync('ed25519'),
  ])
    deep(() => loot.push(caught(f)), 60);
  cb(verdict(...loot));
}
