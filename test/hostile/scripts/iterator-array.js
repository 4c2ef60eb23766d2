// family: iterators
// source: own idea: the array iterator that our code may use
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const next = Object.getPrototypeOf([][Symbol.iterator]());
  const { next: original } = next;
  next.next = function () {
    loot.push(
      this,
      arguments,
      caught(() => arguments.callee),
    );
    return Reflect.apply(original, this, []);
  };
  console.log('a', { b: 1 }, [2]);
  setTimeout(() => {}, 1, 2, 3);
  caught(() => require('nope'));
  next.next = original;
  cb(verdict(...loot));
}
