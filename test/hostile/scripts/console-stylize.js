// family: console arguments
// source: own idea, a hole found here: dir's option `stylize` gave an object where the host awaits text, and Node showed it with its own inspect
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const evil = Object.create(null);
  evil[Symbol.for('nodejs.util.inspect.custom')] = (...args) => {
    loot.push(...args);
    return 'x';
  };
  loot.push(caught(() => console.dir(5, { stylize: () => evil })));
  loot.push(caught(() => console.dir({ a: 1 }, { stylize: () => evil, customInspect: true })));
  cb(verdict(...loot));
}
