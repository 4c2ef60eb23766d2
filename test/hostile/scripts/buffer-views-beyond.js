// family: Buffer
// source: own idea: offsets and lengths beyond the memory
// expect: value "safe"
function attack(cb) {
  const b = Buffer.alloc(8);
  const loot = [];
  for (const n of [-1, 9, 1e9, NaN, Infinity, 2 ** 53, -(2 ** 31)])
    loot.push(
      caught(() => b.readUInt32LE(n)),
      caught(() => b.writeDoubleBE(1, n)),
      caught(() => b.fill('x', n, n + 9)),
      caught(() => Buffer.from(b.buffer, n, n)),
      caught(() => b.copy(b, n)),
    );
  cb(loot.every((x) => x instanceof Error || x !== undefined) ? verdict(...loot) : 'odd');
}
