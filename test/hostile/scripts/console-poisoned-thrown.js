// family: console arguments
// source: own idea, after console-stylize: the same through a thrown object without message
// expect: error 1000 safe
const loot = [];
function attack() {
  const evil = {
    constructor: null,
    toJSON: (...a) => {
      loot.push(...a);
      return 1;
    },
    slice(...a) {
      loot.push(...a, this);
      return evil;
    },
    length: 1e9,
    [Symbol.for('nodejs.util.inspect.custom')]: (...args) => {
      loot.push(...args);
      return 'x';
    },
  };
  String.prototype.replaceAll = () => evil;
  String.prototype.replace = () => evil;
  Array.prototype.join = () => evil;
  caught(() => console.dir({}, {}));
  throw {
    a: { b: 1 },
    get stack() {
      return undefined;
    },
    get name() {
      return verdict(...loot);
    },
  };
}
