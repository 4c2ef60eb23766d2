// family: ES modules
// source: own idea: loading them on a full stack
// expect: value "safe" or error 1201
function attack(cb) {
  caught(() => require('esm'));
  const loot = [];
  deep(
    () =>
      loot.push(
        caught(() => require('esm-open')),
        caught(() => require('esm-odd')),
        caught(() => require('gone')),
      ),
    200,
  );
  const after = require('esm-open');
  loot.push(after, after.part);
  cb(after.add() === 1 && after.n === 1 ? verdict(...loot) : 'broken by the full stack');
}
