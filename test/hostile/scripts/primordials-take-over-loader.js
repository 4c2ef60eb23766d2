// family: poisoned primordials
// source: own idea, a hole found here: a changed defineProperty puts the script's function in place of the loader, which is then handed what asks the host
// expect: value "safe"
// modules: good
function attack(cb) {
  const loot = [];
  const texts = [];
  const { defineProperty } = Object;
  const evil = function (ask, load, environment) {
    loot.push(ask, load, environment);
    // The error names the file, and from then on the runner knows the package by its key.
    caught(() => ask('resolve', ask('resolve', '', 'good', '').slice(1), 'forbidden/gone', ''));
    for (const key of [
      '/modules/forbidden@1.0.0/secret.json',
      '/modules/good@1.0.0/../forbidden@1.0.0/secret.json',
    ])
      for (const f of [
        () => ask('text', key, '', ''),
        () => ask('resolve', key, './index.js', ''),
        () => load(key),
        () => ask('text', { toString: () => key }, '', ''),
        () => ask('resolve', '', { startsWith: (...a) => (loot.push(...a), false) }, ''),
      ])
        texts.push(caught(f));
    throw 'taken';
  };
  Object.defineProperty = (target, key, d) =>
    key === '__esModule' ? { default: evil } : defineProperty(target, key, d);
  caught(() => require('good'));
  Object.defineProperty = defineProperty;
  cb(
    texts.some((t) => typeof t === 'string' && t.includes('canary'))
      ? `LEAK: ${texts}`
      : verdict(...loot, ...texts),
  );
}
