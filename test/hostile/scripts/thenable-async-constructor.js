// family: generators
// source: own idea: a promise whose constructor is read by await
// expect: value "safe"
function attack() {
  const loot = [];
  const p = Promise.resolve();
  Object.defineProperty(p, 'constructor', {
    get() {
      loot.push(this);
      return Promise;
    },
  });
  return p.then(() => verdict(...loot));
}
