// family: trampolines
// source: own idea: calls of Node's from within the arguments and the callbacks of others
// expect: value "safe"
function attack(cb) {
  const crypto = require('crypto');
  const zlib = require('zlib');
  const loot = [];
  const hash = crypto.createHash('sha256');
  const gzip = zlib.createGzip();
  const options = {
    get outputLength() {
      loot.push(
        caught(() => hash.digest()),
        caught(() => hash.copy(options)),
        caught(() => gzip.close()),
      );
      return 8;
    },
  };
  loot.push(
    caught(() => hash.copy(options)),
    caught(() => hash.update('x')),
    caught(() => gzip.write('x')),
  );
  let n = 0;
  const again = (...got) => {
    loot.push(...got);
    if (++n < 20) crypto.randomBytes(4, again);
    else {
      loot.push(caught(() => crypto.randomBytes(4, null)));
      cb(verdict(...loot));
    }
  };
  crypto.randomBytes(4, again);
}
