// family: trampolines
// source: own idea: getters, proxies and species as arguments of Node's own functions
// expect: value "safe"
// process: value "safe" or error 1201
function attack(cb) {
  const crypto = require('crypto');
  const zlib = require('zlib');
  const loot = [];
  const spy = (target) =>
    new Proxy(target, {
      get(from, key, receiver) {
        loot.push(receiver, Reflect.get(from, key));
        return Reflect.get(from, key);
      },
      ownKeys(from) {
        return Reflect.ownKeys(from);
      },
    });
  class Spying extends Uint8Array {
    static get [Symbol.species]() {
      loot.push(this);
      return function (...args) {
        loot.push(...args);
        return new Uint8Array(1);
      };
    }
    get byteLength() {
      return 1e9;
    }
    get length() {
      return 1e9;
    }
  }
  const given = [
    spy(new Uint8Array(4)),
    spy({ length: 2 ** 33 }),
    new Spying(4),
    spy(() => 1),
    Object.create(new Uint8Array(4)),
    { valueOf: () => loot.push(1), toString: () => 'md5', [Symbol.toPrimitive]: () => 'md5' },
    {
      get key() {
        throw loot;
      },
      get then() {
        return (f) => loot.push(f);
      },
    },
    Symbol('x'),
    10n,
    [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]],
    Object.assign([], { toJSON: () => 'x' }),
    function () {},
    globalThis,
  ];
  for (const thing of given) {
    for (const f of [
      () => crypto.createHash(thing),
      () => crypto.createHash('md5', thing),
      () => crypto.createHash('md5').update(thing).digest(thing),
      () => crypto.createHmac('md5', thing),
      () => crypto.createCipheriv('aes-128-cbc', thing, thing, thing),
      () => crypto.createPrivateKey(thing),
      () => crypto.createSecretKey(thing),
      () => crypto.generateKeyPairSync('rsa', thing),
      () => crypto.scryptSync(thing, thing, 16, thing),
      () => crypto.sign(thing, thing, thing),
      () => crypto.timingSafeEqual(thing, thing),
      () => crypto.randomFillSync(thing),
      () => crypto.getRandomValues(thing),
      () => crypto.createECDH(thing),
      () => crypto.X509Certificate && new crypto.X509Certificate(thing),
      () => crypto.KeyObject.from(thing),
      () => new crypto.KeyObject(thing, thing),
      () => zlib.gzipSync(thing, thing),
      () => zlib.createInflate(thing),
      () => zlib.createGzip()._processChunk(thing, thing),
      () => zlib.crc32?.(thing),
    ])
      loot.push(caught(f));
  }
  cb(verdict(...loot));
}
