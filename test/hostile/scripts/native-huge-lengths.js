// family: trampolines
// source: own idea: sizes that cannot be, for whatever makes room by them
// expect: value "safe" or error 1003 or error 1201
function attack(cb) {
  const crypto = require('crypto');
  const zlib = require('zlib');
  const loot = [];
  for (const size of [-1, 2 ** 31, 2 ** 32, 2 ** 53, Infinity, NaN, 1.5, '8', 8n]) {
    for (const f of [
      () => crypto.randomBytes(size),
      () => crypto.randomBytes(size, () => {}),
      () => crypto.scryptSync('a', 'b', size),
      () => crypto.scryptSync('a', 'b', 8, { N: size }),
      () => crypto.pbkdf2Sync('a', 'b', 1, size, 'md5'),
      () => crypto.hkdfSync('md5', 'a', 'b', 'c', size),
      () => crypto.createHash('shake128', { outputLength: size }),
      () => crypto.generateKeySync('aes', { length: size }),
      () => crypto.randomFillSync(new Uint8Array(4), size, size),
      () => zlib.createGzip({ chunkSize: size }),
      () => zlib.gzipSync('a', { maxOutputLength: size }),
      () => zlib.gunzipSync(zlib.gzipSync('a'), { maxOutputLength: size, chunkSize: size }),
      () => crypto.createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12), { authTagLength: size }),
    ])
      loot.push(caught(f));
  }
  cb(verdict(...loot));
}
