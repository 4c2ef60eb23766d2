// family: trampolines
// source: own idea: what Node throws is made anew in the context, whatever Error is by then
// expect: value "safe"
function attack(cb) {
  const crypto = require('crypto');
  const zlib = require('zlib');
  const loot = [];
  Error.prepareStackTrace = (error, sites) => {
    loot.push(error, sites, ...sites.map((site) => site.getThis?.()), ...sites.map((s) => s.getFunction?.()));
    return sites;
  };
  class Spy extends Error {
    constructor(...args) {
      super(...args);
      loot.push(this, this.stack, ...args);
    }
  }
  for (const f of [
    () => crypto.createHash('nope'),
    () => crypto.createHash(),
    () => crypto.randomBytes(-1),
    () => crypto.createPrivateKey('garbage'),
    () => crypto.createCipheriv('aes-128-cbc', '', ''),
    () => zlib.inflateSync('garbage'),
    () => zlib.createGzip({ level: 99 }),
    () => crypto.randomBytes(2 ** 40),
    () => zlib.gunzipSync(zlib.gzipSync(Buffer.alloc(1e6)), { maxOutputLength: 10 }),
  ]) {
    const error = caught(f);
    loot.push(error, error.stack, error.cause, error.constructor);
  }
  globalThis.Error = Spy;
  globalThis.TypeError = Spy;
  globalThis.RangeError = Spy;
  loot.push(
    caught(() => crypto.createHash('nope')),
    caught(() => crypto.createHash()),
    caught(() => crypto.randomBytes(-1)),
  );
  crypto.subtle.digest('nope', new Uint8Array(1)).catch((error) => {
    loot.push(error, error.stack);
    cb(verdict(...loot));
  });
}
