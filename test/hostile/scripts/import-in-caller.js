// family: import()
// source: own idea: in the caller's text
// expect: value "safe"
// caller: (function (callee, cb) { const l = []; const p = import('node:fs'); l.push(p); p.then((v) => l.push('GOT'), (e) => l.push(e)).then(() => cb(l.includes('GOT') ? 'LEAK' : verdict(...l))); })
function attack() {}
