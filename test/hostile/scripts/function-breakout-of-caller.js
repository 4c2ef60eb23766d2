// family: Function and eval
// source: own idea: a caller that closes the parenthesis it is put into
// expect: value "safe"
// caller: 1), (function (callee, cb) { cb(verdict(this, callee, cb, arguments)); }
function attack() {}
