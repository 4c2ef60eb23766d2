// family: forged frames
// source: own idea: names of our own parts on the global object
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const name of [
    'host',
    'realm',
    'pipe',
    'send',
    'answer',
    'boot',
    'module',
    'exports',
    'process',
    'ask',
    'load',
    'fire',
    'end',
    'threw',
    'returned',
    '__filename',
    'environment',
    'internalBinding',
    'primordials',
  ])
    loot.push(caught(() => (0, eval)(name)));
  cb(verdict(...loot));
}
