// family: trampolines
// source: own idea: arrays whose every property lies, and arguments that move the memory of a Buffer when they are read
// expect: value "safe"
// process: value "safe" or error 1201
function attack(cb) {
  const crypto = require('crypto');
  const zlib = require('zlib');
  const loot = [];
  class Liar extends Uint8Array {
    static get [Symbol.species]() {
      return class extends Uint8Array {
        constructor() {
          super(0);
        }
      };
    }
    get buffer() {
      return new ArrayBuffer(0);
    }
    get byteLength() {
      return 4096;
    }
    get byteOffset() {
      return 4096;
    }
    get length() {
      return 4096;
    }
  }
  const liar = new Liar(16);
  const proxy = new Proxy(new Uint8Array(16), {});
  for (const bytes of [liar, proxy]) {
    for (const f of [
      () => crypto.createHash('md5').update(bytes).digest('hex'),
      () => crypto.randomFillSync(bytes, 2048),
      () => crypto.timingSafeEqual(bytes, bytes),
      () => crypto.createCipheriv('aes-128-cbc', bytes, bytes).update(bytes),
      () => zlib.gzipSync(bytes),
      () => new TextDecoder('utf-16le').decode(bytes),
      () => new TextEncoder().encodeInto('x'.repeat(99), bytes),
      () => structuredClone(bytes),
      ...Object.getOwnPropertyNames(Buffer.prototype).map(
        (name) => () => Buffer.prototype[name].call(bytes, 0, 0, 1),
      ),
      ...['from', 'concat', 'compare', 'byteLength', 'isBuffer'].map(
        (name) => () => Buffer[name](bytes, bytes),
      ),
    ])
      loot.push(caught(f));
  }
  for (const name of Object.getOwnPropertyNames(Buffer.prototype)) {
    for (const act of ['resize', 'transfer']) {
      for (const place of [0, 1, 2, 3]) {
        const memory = new ArrayBuffer(64, { maxByteLength: 128 });
        const bytes = Buffer.from(memory);
        const mover = () => {
          caught(() => memory[act](0));
          return 8;
        };
        const args = ['ab', 0, 4, 'latin1'];
        args[place] = { valueOf: mover, toString: mover };
        if (name !== 'constructor') loot.push(caught(() => bytes[name](...args)));
      }
    }
  }
  // Memory that a script gets has held nothing before.
  for (let size = 1; size < 9000; size += 97) {
    for (const bytes of [Buffer.allocUnsafe(size), Buffer.allocUnsafeSlow(size)])
      if (bytes.some((byte) => byte !== 0) && typeof foreign === 'function') return cb('LEAK: memory');
  }
  cb(verdict(...loot));
}
