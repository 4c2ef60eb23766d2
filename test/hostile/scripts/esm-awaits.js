// family: ES modules
// source: own idea: promises and generators that the loader waits with are the script's
// expect: value "safe"
async function attack(cb) {
  const loot = [caught(() => require('esm-awaits'))];
  const asyncGenerator = Object.getPrototypeOf(async function* () {}).prototype;
  const { next } = Object.getPrototypeOf(asyncGenerator);
  Object.getPrototypeOf(asyncGenerator).next = function (...args) {
    loot.push(this, args);
    return Reflect.apply(next, this, args);
  };
  const { then } = Promise.prototype;
  Promise.prototype.then = function (...args) {
    loot.push(this, ...args);
    return Reflect.apply(then, this, args);
  };
  const got = await import('esm-awaits');
  Promise.prototype.then = then;
  loot.push(got, got.a);
  cb(verdict(...loot));
}
