// family: ES modules
// source: own idea: import.meta, forged
// expect: value "safe"
// process: value "LEAK: the allowlist"
// modules: good,esm-open
async function attack(cb) {
  const { meta, load, createRequire, args, self } = require('esm-open');
  const loot = [meta, meta.resolve, load, createRequire, args, ...args, self];
  for (const key of ['url', 'filename', 'dirname']) meta[key] = '/modules/forbidden@1.0.0/index.js';
  for (const id of ['./secret.json', './index.js', 'forbidden'])
    loot.push(
      await load(id).catch((e) => e),
      caught(() => meta.resolve(id)),
      caught(() => createRequire(meta.url)(id)),
    );
  cb(
    loot.some((x) => caught(() => JSON.stringify(x))?.includes?.('canary'))
      ? 'LEAK: the allowlist'
      : verdict(...loot),
  );
}
