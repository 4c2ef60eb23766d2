// family: prepareStackTrace
// source: own idea: Node reads the hook with a getter of ours
// expect: value "safe"
function attack(cb) {
  const loot = [];
  Object.defineProperty(Error, 'prepareStackTrace', {
    get: function hook() {
      loot.push(this, arguments, hook.caller);
      return undefined;
    },
  });
  new Error('x').stack;
  cb(verdict(...loot));
}
