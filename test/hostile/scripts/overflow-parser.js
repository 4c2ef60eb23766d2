// family: stack overflow
// source: own idea: the engine's parser overflows; its error is read by the script
// expect: value "safe"
function attack(cb) {
  const loot = [];
  loot.push(
    caught(() => new Function('['.repeat(60000))),
    caught(() => (0, eval)('('.repeat(60000))),
    caught(() => JSON.parse('['.repeat(200000))),
    caught(() => new RegExp('('.repeat(60000) + ')'.repeat(60000))),
  );
  cb(verdict(...loot));
}
