// family: results
// source: own idea: a proxied array with a length of 2^53
// expect: error 1000 or error 1002 or error 1003
// timeout: 400
function attack(cb) {
  cb(new Proxy([], { get: (t, k) => (k === 'length' ? 2 ** 53 - 1 : 0) }));
}
