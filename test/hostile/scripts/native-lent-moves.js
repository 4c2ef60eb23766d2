// family: trampolines
// source: own idea: memory that is transferred or shrinks while an asynchronous call works on it
// expect: value "safe"
// process: value "safe" or error 1201
async function attack(cb) {
  const crypto = require('crypto');
  const zlib = require('zlib');
  const loot = [];
  const called = (start) =>
    new Promise((resolve) => {
      const done = (...given) => resolve(given);
      loot.push(caught(() => start(done)));
    });
  const key = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const work = [
    (bytes) => called((done) => crypto.randomFill(bytes, done)),
    (bytes) => called((done) => crypto.pbkdf2(bytes, bytes, 1, 8, 'md5', done)),
    (bytes) => called((done) => crypto.hkdf('md5', bytes, bytes, bytes.subarray(0, 8), 8, done)),
    (bytes) => called((done) => crypto.scrypt(bytes, bytes, 8, { N: 2 }, done)),
    (bytes) => called((done) => crypto.sign('sha256', bytes, key, done)),
    (bytes) => called((done) => zlib.gzip(bytes, done)),
    (bytes) => called((done) => zlib.createDeflate().on('data', done).on('error', done).end(bytes)),
    (bytes) => crypto.subtle.digest('SHA-1', bytes),
    (bytes) => crypto.subtle.importKey('raw', bytes.subarray(0, 16), 'AES-GCM', true, ['encrypt']),
    (bytes) => new Blob([bytes]).arrayBuffer(),
    (bytes) => new Response(bytes).text(),
  ];
  for (const begin of work) {
    for (const act of [
      (memory) => memory.transfer(),
      (memory) => memory.resize(0),
      (memory) => structuredClone(memory, { transfer: [memory] }),
    ]) {
      const memory = new ArrayBuffer(4096, { maxByteLength: 8192 });
      const working = caught(() => begin(new Uint8Array(memory)));
      caught(() => act(memory));
      loot.push(await Promise.resolve(working).catch((error) => error));
    }
  }
  cb(verdict(...loot));
}
