// family: module loader
// source: own idea, a hole found here: a module says it is another package's, and may then load its files
// expect: value "safe"
// process: value "LEAK: the allowlist"
// modules: good
function attack(cb) {
  // The error names the file, and from then on the runner knows the package by its key.
  caught(() => require('good').require('forbidden/gone'));
  const { module, require: get } = require('good');
  const loot = [];
  for (const name of ['/modules/forbidden@1.0.0/index.js', '/modules/forbidden@1.0.0/x.js']) {
    for (const key of ['filename', 'id', 'path'])
      caught(() => {
        module[key] = name;
      });
    for (const id of ['./index.js', './secret.json', 'forbidden', '.'])
      for (const f of [get, module.require, require.main?.require, require]) loot.push(caught(() => f(id)));
  }
  cb(loot.some((x) => JSON.stringify(x)?.includes('canary')) ? 'LEAK: the allowlist' : verdict(...loot));
}
