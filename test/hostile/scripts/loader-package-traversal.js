// family: module loader
// source: own idea: the same through a package's own require
// expect: value "safe"
// process: value "LEAK: ../forbidden/index.js,../forbidden,forbidden,forbidden/secret.json,./sub/../../forbidden/index.js"
// modules: good
function attack(cb) {
  const get = require('good').require;
  const loot = [];
  for (const id of [
    '../forbidden/index.js',
    '../forbidden',
    'forbidden',
    'forbidden/secret.json',
    '../../../../../../../../etc/passwd',
    '/etc/passwd',
    '/modules/forbidden@1.0.0/index.js',
    '/modules/good@1.0.0/../forbidden@1.0.0/secret.json',
    './sub/../../forbidden/index.js',
    '..',
    '../..',
  ])
    if (!(caught(() => get(id)) instanceof Error)) loot.push(id);
  cb(loot.length === 0 ? 'safe' : `LEAK: ${loot}`);
}
