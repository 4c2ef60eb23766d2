// family: prototypes
// source: own idea: null-prototype objects of our own code
// expect: value "safe"
function attack(cb) {
  const cache = require.cache;
  cache.constructor = Object;
  cb(verdict(cache, cache.constructor, Object.getPrototypeOf(cache)));
}
