// family: thrown values
// source: own idea: the caller throws its callback
// expect: error 1000
// caller: (function (callee, cb) { throw cb; })
function attack() {}
