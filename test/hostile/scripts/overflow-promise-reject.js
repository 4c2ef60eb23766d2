// family: stack overflow
// source: own idea: Node is told of each rejection, on a full stack
// expect: value "safe"
function attack(cb) {
  const loot = [];
  deep(() => {
    const p = caught(() => Promise.reject(1));
    loot.push(p);
    p?.catch?.((e) => loot.push(e));
  });
  setTimeout(() => cb(verdict(...loot)), 5);
}
