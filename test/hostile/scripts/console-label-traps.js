// family: console arguments
// source: own idea: labels with toString, __proto__ and symbols
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const spy = {
    toString: function s() {
      loot.push(this, s.caller);
      return '__proto__';
    },
  };
  for (const name of ['count', 'countReset', 'time', 'timeLog', 'timeEnd'])
    for (const label of [spy, '__proto__', 'constructor', Symbol('x'), null])
      loot.push(caught(() => console[name](label)));
  cb(verdict(...loot));
}
