// family: module loader
// source: own idea, a hole found here: a changed String.prototype.slice turns the host's answer into another key
// expect: value "safe"
// process: value "safe" or error 1000 TypeError
// modules: good
function attack(cb) {
  // The error names the file, and from then on the runner knows the package by its key.
  caught(() => require('good').require('forbidden/gone'));
  const loot = [];
  const { slice } = String.prototype;
  for (const key of ['/modules/forbidden@1.0.0/index.js', '/modules/forbidden@1.0.0/secret.json']) {
    caught(() => require('good/data.json'));
    String.prototype.slice = function (a, b) {
      return a === 1 && b === undefined ? key : slice.call(this, a, b);
    };
    loot.push(
      caught(() => require('good/sub/file.js')),
      caught(() => require('good/data.json')),
      caught(() => require('good')),
    );
    String.prototype.slice = slice;
    for (const k of Object.keys(require.cache)) delete require.cache[k];
  }
  cb(loot.some((x) => JSON.stringify(x)?.includes('canary')) ? 'LEAK: the allowlist' : verdict(...loot));
}
