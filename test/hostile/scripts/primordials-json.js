// family: poisoned primordials
// source: own idea: JSON replaced before the result is written
// expect: value {"a":"real"}
function attack(cb) {
  JSON.stringify = () => '"forged"';
  JSON.parse = () => 'forged';
  globalThis.JSON = null;
  cb({ a: 'real' });
}
