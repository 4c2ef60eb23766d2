// family: import()
// source: own idea: ids of every form
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  for (const id of [
    'fs',
    'node:fs',
    './x.js',
    '/etc/passwd',
    'file:///etc/passwd',
    'data:text/javascript,export default process',
    'data:application/json,{}',
    'https://localhost/',
    '',
    '#x',
    'good',
  ])
    await import(id).then(
      () => loot.push('GOT'),
      (e) => loot.push(e),
    );
  cb(loot.includes('GOT') ? 'LEAK: a module' : verdict(...loot));
}
