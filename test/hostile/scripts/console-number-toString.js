// family: console arguments
// source: own idea: toFixed and friends while durations are written
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const evil = {
    constructor: null,
    [Symbol.for('nodejs.util.inspect.custom')]: (...a) => {
      loot.push(...a);
      return '';
    },
    toString() {
      return 'x';
    },
  };
  Number.prototype.toFixed = function () {
    loot.push(this);
    return evil;
  };
  console.time('a');
  console.timeLog('a');
  console.timeEnd('a');
  cb(verdict(...loot));
}
