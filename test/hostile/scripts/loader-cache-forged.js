// family: module loader
// source: own idea: entries of require.cache that were not loaded
// expect: value "safe"
// modules: good
function attack(cb) {
  const loot = [];
  require('good');
  require.cache['/modules/forbidden@1.0.0/index.js'] = { exports: 'mine' };
  require.cache.__proto__ = { exports: 1 };
  for (const key of Object.keys(require.cache))
    caught(() => {
      require.cache[key] = new Proxy(
        {},
        {
          get(...a) {
            loot.push(...a);
            return [];
          },
        },
      );
    });
  loot.push(
    caught(() => require('good')),
    caught(() => require('forbidden')),
  );
  cb(verdict(...loot));
}
