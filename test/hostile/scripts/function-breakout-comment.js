// family: Function and eval
// source: own idea: a caller that ends in a comment
// expect: value "safe"
// caller: (function (callee, cb) { cb(verdict(callee, cb)); }) //
function attack() {}
