// family: reuse
// source: own idea: hooks that Node's own code reads while it makes a stack
// earlier: tamper
// expect: value "safe" or error 1000
const loot = [];
function tamper(cb) {
  Error.prepareStackTrace = (error, frames) => {
    loot.push(error, frames, ...frames.map((frame) => caught(() => frame.getThis())));
    return 'forged';
  };
  Error.stackTraceLimit = Infinity;
  cb('tampered');
}
function attack(cb) {
  caught(() => new Error('now').stack);
  caught(() => require('no-such-package'));
  Error.prepareStackTrace = undefined;
  cb(verdict(...loot));
}
