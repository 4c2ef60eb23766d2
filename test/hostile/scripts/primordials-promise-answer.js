// family: poisoned primordials
// source: own idea: a forged then cannot forge the answer of another
// expect: value "real"
function attack() {
  const p = Promise.resolve('real');
  Promise.prototype.then = function (ok) {
    ok('forged');
    return this;
  };
  Promise.resolve = () => 'forged';
  return p;
}
