// family: Function and eval
// source: own idea: the name is a getter that gives another function
// expect: value "safe"
// call: trap
const loot = [];
Object.defineProperty(globalThis, 'trap', {
  get: function g() {
    loot.push(this, g.caller);
    return (cb) => cb(verdict(...loot));
  },
});
