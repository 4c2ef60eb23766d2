// family: ES modules
// source: own idea: an export whose getter throws
// expect: error 1000 TypeError
Object.defineProperty(module.exports, 'attack', {
  get() {
    throw new TypeError('mine');
  },
});
