// family: iterators
// source: own idea: iterator helpers of newer engines
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const Iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  for (const key of Reflect.ownKeys(Iterator)) {
    const { value } = Object.getOwnPropertyDescriptor(Iterator, key);
    if (typeof value === 'function')
      loot.push(
        value,
        caught(() => value.call({ next: () => ({ done: true }) }, (x) => x)),
      );
  }
  cb(verdict(...loot));
}
