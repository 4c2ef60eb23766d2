// family: prototypes
// source: vm2 CVE-2023-32314 idea: change the prototype of what was given
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Object.setPrototypeOf(
    console,
    new Proxy({}, { get: (...a) => void loot.push(...a), has: (...a) => (loot.push(...a), false) }),
  );
  caught(() => console.nothing());
  'x' in console;
  cb(verdict(...loot));
}
