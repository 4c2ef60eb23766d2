// family: species
// source: own idea: RegExp species and exec while our code splits texts
// expect: value "safe"
function attack(cb) {
  const loot = [];
  RegExp.prototype.exec = function (text) {
    loot.push(this, text);
    return null;
  };
  Object.defineProperty(RegExp, Symbol.species, {
    get() {
      loot.push(this);
      return RegExp;
    },
  });
  caught(() => console.log('%s', { a: 'x\ny' }));
  caught(() => require('url').parse('http://a/b?c'));
  caught(() => new URL('http://a/'));
  cb(verdict(...loot));
}
