// family: import()
// source: vm2 CVE-2023-37903: Promise.prototype patched before import()
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const { then } = Promise.prototype;
  Promise.prototype.then = function (...args) {
    loot.push(this, ...args);
    return Reflect.apply(then, this, args);
  };
  Promise.prototype.constructor = function (run) {
    loot.push(run);
  };
  const p = import('x');
  loot.push(p);
  Reflect.apply(then, p, [undefined, (e) => loot.push(e)]);
  setTimeout(() => cb(verdict(...loot)), 5);
}
