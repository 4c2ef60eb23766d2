// family: prototypes
// source: vm2 CVE-2023-32314 idea: change the prototype of what was given
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Object.setPrototypeOf(
    cb,
    new Proxy(
      {},
      {
        get(...args) {
          loot.push(...args);
        },
      },
    ),
  );
  caught(() => cb.anything);
  caught(() => cb.call);
  cb(verdict(...loot));
}
