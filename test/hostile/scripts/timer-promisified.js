// family: timers
// source: own idea: the promised forms
// expect: value "safe"
async function attack(cb) {
  const { promisify } = require('util');
  const loot = [require('timers/promises'), setTimeout[promisify.custom]];
  loot.push(
    await promisify(setTimeout)(1, 'v'),
    caught(() => require('timers/promises').setInterval(1)),
  );
  cb(verdict(...loot));
}
