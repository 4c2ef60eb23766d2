// family: species
// source: own idea: constructor of Array.prototype replaced
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Array.prototype.constructor = {
    [Symbol.species]: function (n) {
      loot.push(this, n);
      return [...Array(n)];
    },
  };
  const util = require('util');
  caught(() => util.inspect([[1], [2]]));
  caught(() => console.log([1, [2]], '%o', { a: [] }));
  cb(verdict(...loot));
}
