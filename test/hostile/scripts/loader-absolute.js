// family: module loader
// source: own idea: absolute ids, URLs and device files
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const id of [
    '/etc/passwd',
    '/proc/self/environ',
    '/dev/stdin',
    'file:///etc/passwd',
    'C:\\x',
    '/modules/good@1.0.0/index.js',
    '/modules/forbidden@1.0.0/secret.json',
    'data:,x',
    'http://localhost/',
    'node:/etc/passwd',
    'node:../x',
  ])
    if (!(caught(() => require(id)) instanceof Error)) loot.push(id);
  cb(loot.length === 0 ? 'safe' : `LEAK: ${loot}`);
}
