// family: trampolines
// source: own idea: memory that is detached, resized or shared while it is read
// expect: value "safe"
function attack(cb) {
  const crypto = require('crypto');
  const zlib = require('zlib');
  const loot = [];
  const resizable = new ArrayBuffer(64, { maxByteLength: 1024 });
  const tracking = new Uint8Array(resizable);
  const detached = new ArrayBuffer(64);
  const views = [
    tracking,
    new Uint8Array(resizable, 32),
    new Uint8Array(detached),
    new DataView(detached),
    new Uint8Array(new SharedArrayBuffer(64)),
    new Float64Array(8),
    new BigInt64Array(8),
  ];
  caught(() => resizable.resize(0));
  caught(() => detached.transfer());
  const shrinking = {
    get iv() {
      caught(() => resizable.resize(0));
      return tracking;
    },
  };
  for (const view of [...views, resizable, detached]) {
    for (const f of [
      () => crypto.createHash('md5').update(view).digest(),
      () => crypto.createHmac('md5', view).digest(),
      () => crypto.createSecretKey(view),
      () => crypto.timingSafeEqual(view, tracking),
      () => crypto.randomFillSync(view),
      () => crypto.getRandomValues(view),
      () => crypto.createCipheriv('aes-128-gcm', view, view),
      () => crypto.hkdfSync('md5', view, view, view, 8),
      () => zlib.gzipSync(view),
      () => zlib.gunzipSync(view),
      () => crypto.subtle.encrypt({ name: 'AES-GCM', ...shrinking }, {}, view),
    ])
      loot.push(caught(f));
  }
  cb(verdict(...loot));
}
