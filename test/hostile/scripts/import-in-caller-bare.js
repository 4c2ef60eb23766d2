// family: import()
// source: own idea: in a caller's parameter default
// expect: value "safe"
// caller: (function (callee, cb, p = import('node:fs')) { p.catch((e) => cb(verdict(e, p))) })
function attack() {}
