// family: console arguments
// source: own idea, after console-stylize: a changed builtin makes inspect give an object
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const evil = {
    constructor: null,
    [Symbol.for('nodejs.util.inspect.custom')]: (...args) => {
      loot.push(...args);
      return 'x';
    },
  };
  for (const key of ['replaceAll', 'replace', 'slice', 'padEnd', 'trim', 'split', 'toLowerCase'])
    String.prototype[key] = () => evil;
  Array.prototype.join = () => evil;
  for (const f of [console.log, console.dir, console.table, console.trace, console.group, console.warn])
    loot.push(
      caught(() => f({ a: [1, 'x\ny'] })),
      caught(() => f(new Map([[{}, 1]]), { customInspect: true })),
    );
  cb(verdict(...loot));
}
