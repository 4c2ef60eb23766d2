// family: memory bombs
// source: known: zip bombs; a call gives a bounded number of bytes, and memory is watched
// expect: value "safe" or error 1000 or error 1002 or error 1003 or error 1201
// timeout: short
function attack(cb) {
  const zlib = require('zlib');
  let bomb = zlib.brotliCompressSync(Buffer.alloc(2 ** 26));
  const kept = [];
  const loot = [caught(() => zlib.brotliDecompressSync(zlib.brotliCompressSync(Buffer.alloc(2 ** 28))))];
  for (let n = 0; n < 200; n++) kept.push(caught(() => zlib.brotliDecompressSync(bomb)));
  cb(verdict(...loot, kept.length));
}
