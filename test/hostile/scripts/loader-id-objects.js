// family: module loader
// source: own idea: ids that are no text, or change
// expect: value "safe"
function attack(cb) {
  const loot = [];
  let n = 0;
  for (const id of [
    { toString: () => (++n % 2 ? 'good' : 'forbidden') },
    ['good'],
    new String('good'),
    Symbol('x'),
    null,
    undefined,
    5,
    () => {},
    new Proxy(
      {},
      {
        get(...a) {
          loot.push(...a);
        },
      },
    ),
  ])
    loot.push(
      caught(() => require(id)),
      caught(() => require.resolve(id)),
    );
  cb(verdict(...loot));
}
