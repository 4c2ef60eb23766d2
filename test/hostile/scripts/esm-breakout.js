// family: ES modules
// source: own idea: a text that ends the function around it
// expect: value "safe"
async function attack(cb) {
  const loot = [caught(() => require('esm-breakout')), await import('esm-breakout').catch((e) => e)];
  cb(
    loot.every((e) => e instanceof Error && e.code === 'ERR_MODULE_LOAD_FAILED')
      ? verdict(...loot)
      : 'LEAK: it ran',
  );
}
