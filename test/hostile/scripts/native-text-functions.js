// family: trampolines
// source: own idea: paths, encodings and settings that Node's own functions read
// expect: value "safe"
function attack(cb) {
  const path = require('path');
  const util = require('util');
  const loot = [];
  const given = [
    '\u0000',
    '../'.repeat(1e3),
    'C:'.repeat(1e3),
    '\\\\?\\UNC\\'.repeat(1e3),
    '\ud800',
    { toString: () => 'x' },
    Symbol('x'),
    null,
    1e308,
  ];
  for (const thing of given)
    for (const f of [
      () => path.win32.join(thing, thing),
      () => path.win32.resolve(thing),
      () => path.win32.format({ dir: thing, base: thing }),
      () => path.win32.parse(thing),
      () => path.posix.toNamespacedPath(thing),
      () => path.posix.matchesGlob(thing, 'a/*'),
      () => util.parseEnv(thing),
      () => util.getSystemErrorName(thing),
      () => new TextDecoder(thing),
      () => new TextDecoder('shift_jis', { fatal: thing, ignoreBOM: thing }).decode(thing, { stream: thing }),
      () => new TextDecoder('gb18030', thing),
    ])
      loot.push(caught(f));
  loot.push(util.getSystemErrorMap(), require('constants'));
  cb(verdict(...loot));
}
