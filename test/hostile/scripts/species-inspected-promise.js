// family: species
// source: own idea: the result of a promise is read by `then`, which asks the promise for its class
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const species = function (executor) {
    loot.push(executor);
    executor(
      () => {},
      () => {},
    );
  };
  Object.hasOwn = () => false;
  Reflect.setPrototypeOf = () => true;
  const { inspect } = require('util');
  // Only now: with it, the module would not load.
  Reflect.getPrototypeOf = () => null;
  const promise = Promise.resolve(5);
  Object.defineProperty(promise, 'constructor', { get: () => ({ [Symbol.species]: species }) });
  loot.push(caught(() => inspect(promise)));
  Object.defineProperty(Promise.prototype, 'constructor', { get: () => ({ [Symbol.species]: species }) });
  loot.push(caught(() => inspect(Promise.resolve(6))));
  class Forged extends Promise {
    static get [Symbol.species]() {
      return species;
    }
  }
  loot.push(caught(() => inspect(Forged.resolve(7))));
  cb(verdict(...loot));
}
