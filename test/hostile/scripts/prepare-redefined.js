// family: prepareStackTrace
// source: own idea: a hook in the place of ours, which gets the frames of the runner and of Node, too
// expect: value "safe"
function attack(cb) {
  const loot = [];
  let frames = 0;
  const value = (error, sites) => {
    loot.push(error, sites);
    for (const site of sites) {
      frames += 1;
      loot.push(site, site.getThis(), site.getFunction(), site.getEvalOrigin(), site.constructor);
    }
    return '';
  };
  Object.defineProperty(Error, 'prepareStackTrace', { value });
  Error.stackTraceLimit = 200;
  const { createHash, randomBytes } = require('crypto');
  const zlib = require('zlib');
  for (const f of [
    () => null.x,
    () => createHash('no such'),
    () => zlib.inflateSync('x'),
    () => require('no such'),
    () => new URL('no such'),
    () => Buffer.alloc(-1),
    () => structuredClone(() => {}),
    () => [2, 1].sort(() => loot.push(new Error('x').stack)),
    () => JSON.stringify({ toJSON: () => loot.push(new Error('x').stack) }),
  ])
    loot.push(caught(f)?.stack);
  randomBytes(4, () => {
    loot.push(new Error('x').stack);
    cb(frames > 20 ? verdict(...loot) : 'no frames');
  });
}
