// family: poisoned globals
// source: own idea: __proto__ among the globals
// expect: value "safe"
// globals: {"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}}}
function attack(cb) {
  cb({}.polluted === undefined && [].polluted === undefined ? verdict(globalThis) : 'LEAK');
}
