// family: module loader
// source: own idea: a package that is an ES module only
// expect: value "safe"
async function attack(cb) {
  const loaded = require('esm');
  const imported = await import('esm');
  if (loaded.default !== 1 || imported.default !== 1) return cb('not loaded');
  cb(
    verdict(
      loaded,
      imported,
      require.cache,
      caught(() => Object.getOwnPropertyDescriptors(imported)),
    ),
  );
}
