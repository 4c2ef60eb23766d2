// family: stack overflow
// source: own idea: what a custom inspect is given at each depth
// expect: value "safe" or error 1201
function attack(cb) {
  const loot = [];
  const spy = {
    [Symbol.for('nodejs.util.inspect.custom')](...args) {
      loot.push(...args, this);
      return 'x';
    },
  };
  console.log(spy);
  deep(() => loot.push(caught(() => console.log(spy))), 60);
  cb(verdict(...loot));
}
