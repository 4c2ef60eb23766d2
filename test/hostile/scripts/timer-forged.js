// family: timers
// source: own idea, a slip found here: a timer made by the class of a timer had an object for its number, which went to the host
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const Timeout = setTimeout(() => {}, 500).constructor;
  for (const id of [
    { toString: () => '1' },
    { valueOf: () => 1 },
    '1',
    NaN,
    -1,
    1.5,
    2 ** 60,
    Symbol('x'),
    1n,
    '__proto__',
  ])
    loot.push(
      caught(() => new Timeout(id).refresh()),
      caught(() => new Timeout(id).close()),
      caught(() => clearTimeout(id)),
    );
  cb(verdict(...loot));
}
