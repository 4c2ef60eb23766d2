// family: trampolines
// source: own idea: handles are numbers, so another object's, another context's and none at all can be named
// expect: value "safe"
function attack(cb) {
  const crypto = require('crypto');
  const zlib = require('zlib');
  const hash = crypto.createHash('sha256');
  const gzip = zlib.createGzip();
  const loot = [hash, gzip];
  const { stringify } = JSON;
  // Every handle that is written from here on is another one: of the gzip, of no object, of no number.
  for (const forged of [0, 1, 2, 3, -1, 1e9, 2.5, '1', null, '__proto__', { valueOf: () => 1 }, [1]]) {
    JSON.stringify = (value) =>
      Array.isArray(value) && typeof value[0] === 'number'
        ? stringify([forged, ...value.slice(1)])
        : stringify(value);
    loot.push(
      caught(() => hash.update('a')),
      caught(() => hash.copy()),
      caught(() => hash.digest()),
      caught(() => gzip._processChunk(Buffer.from('a'), 0)),
      caught(() => gzip.reset()),
      caught(() => new crypto.X509Certificate('x')),
    );
  }
  JSON.stringify = stringify;
  cb(verdict(...loot));
}
