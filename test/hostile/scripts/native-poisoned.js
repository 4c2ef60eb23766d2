// family: trampolines
// source: own idea: everything that the side of the context works with is replaced before the first call
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const { apply } = Reflect;
  const { push } = Array.prototype;
  const spied = [
    [String, 'fromCharCode'],
    [String.prototype, 'charCodeAt'],
    [String.prototype, 'indexOf'],
    [String.prototype, 'slice'],
    [JSON, 'parse'],
    [JSON, 'stringify'],
    [Array.prototype, 'map'],
    [Array.prototype, 'at'],
    [Object, 'entries'],
    [Object, 'fromEntries'],
    [Object, 'assign'],
    [Reflect, 'apply'],
    [Reflect, 'construct'],
    [WeakMap.prototype, 'get'],
    [WeakMap.prototype, 'set'],
    [Map.prototype, 'get'],
    [FinalizationRegistry.prototype, 'register'],
    [Uint8Array.prototype.__proto__, 'subarray'],
    [Uint8Array.prototype.__proto__, 'set'],
    [Promise.prototype, 'then'],
  ];
  for (const [owner, key] of spied) {
    const real = owner[key];
    owner[key] = function (...args) {
      const result = apply(real, this, args);
      apply(push, loot, [this, result, ...args]);
      return result;
    };
  }
  const crypto = require('crypto');
  const zlib = require('zlib');
  caught(() => crypto.createHash('sha256').update('abc').digest('hex'));
  caught(() => crypto.generateKeyPairSync('ed25519'));
  caught(() => crypto.createPrivateKey('garbage'));
  caught(() => zlib.gunzipSync(zlib.gzipSync('abc')));
  caught(() => zlib.inflateSync('abc'));
  caught(() => crypto.subtle.digest('nope', new Uint8Array(1)).catch((error) => apply(push, loot, [error])));
  caught(() => crypto.pbkdf2('a', 'b', 1, 1, 'md5', (...got) => apply(push, loot, got)));
  setTimeout(() => cb(verdict(...loot)), 20);
}
