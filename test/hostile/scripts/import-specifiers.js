// family: import()
// source: own idea: ids of every form
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  for (const id of [
    'fs',
    'node:fs',
    'process',
    './x.js',
    '/etc/passwd',
    'file:///etc/passwd',
    'file:///modules/good@1.0.0/index.js',
    'file:///modules/good@1.0.0/%2e%2e/forbidden/index.js',
    'data:text/javascript,export default process',
    'data:application/json,{}',
    'https://localhost/',
    '',
    '#x',
    'good/../forbidden/index.js',
  ])
    await import(id).then(
      () => loot.push('GOT'),
      (e) => loot.push(e),
    );
  const good = await import('good');
  loot.push(good, good.default.module);
  cb(loot.includes('GOT') ? 'LEAK: a module' : verdict(...loot));
}
