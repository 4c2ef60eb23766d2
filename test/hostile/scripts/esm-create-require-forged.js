// family: ES modules
// source: own idea: a require for a file of another package, which was never asked for
// expect: value "safe"
// modules: good,esm-open
function attack(cb) {
  const { createRequire } = require('esm-open');
  caught(() => require('good').require('forbidden/gone'));
  const loot = [];
  for (const file of [
    '/modules/forbidden@1.0.0/index.js',
    'file:///modules/forbidden@1.0.0/x.js',
    '/',
    '',
    'file:///etc/passwd',
    '/modules/good@1.0.0/../forbidden@1.0.0/index.js',
    { href: 'file:///modules/forbidden@1.0.0/index.js' },
    {},
    null,
  ])
    for (const id of ['./index.js', './secret.json', 'forbidden', '.', '..', 'fs'])
      loot.push(
        caught(() => createRequire(file)(id)),
        caught(() => createRequire(file).resolve(id)),
      );
  cb(
    loot.some((x) => caught(() => JSON.stringify(x))?.includes?.('canary'))
      ? 'LEAK: the allowlist'
      : verdict(...loot),
  );
}
