// family: Function and eval
// source: own idea: globals that our own code might use as eval or Function
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const { Function: F, eval: e } = globalThis;
  globalThis.Function = function (...args) {
    loot.push(this, ...args);
    return F(...args);
  };
  globalThis.eval = (...args) => {
    loot.push(...args);
    return e(...args);
  };
  F.prototype.constructor = globalThis.Function;
  globalThis.Function.prototype = F.prototype;
  caught(() => console.log({ a: 1 }, [() => {}]));
  caught(() => require('good'));
  cb(verdict(...loot));
}
