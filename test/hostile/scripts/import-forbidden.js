// family: import()
// source: own idea: what the allowlist keeps back, by every way there is
// expect: value "safe"
// process: value "LEAK: the allowlist"
// modules: good,esm-open,esm-neighbour
async function attack(cb) {
  const loot = [];
  const open = await import('esm-open');
  const tried = [
    'forbidden',
    'forbidden/secret.json',
    'file:///modules/forbidden@1.0.0/index.js',
    '/modules/forbidden@1.0.0/index.js',
    '../forbidden/index.js',
  ];
  for (const id of tried)
    for (const load of [
      (x) => import(x),
      open.load,
      open.createRequire(open.meta.url),
      open.createRequire(open.meta.filename),
      require,
    ])
      await Promise.resolve()
        .then(() => load(id))
        .then(
          (v) => loot.push(v, 'GOT'),
          (e) => loot.push(e),
        );
  loot.push(
    caught(() => require('esm-neighbour')),
    await import('esm-neighbour').catch((e) => e),
  );
  loot.push(caught(() => open.meta.resolve('forbidden')));
  const text = loot.map((x) => `${x?.message ?? ''}${caught(() => JSON.stringify(x))}`).join();
  cb(loot.includes('GOT') || text.includes('canary') ? 'LEAK: the allowlist' : verdict(...loot));
}
