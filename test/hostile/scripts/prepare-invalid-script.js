// family: prepareStackTrace
// source: own idea: a text does not compile, with a hook of the globals
// expect: error 1000 SyntaxError
// globals: {"Error":{"prepareStackTrace":1}}
// caller: (function (callee, cb) { ( }
// prelude: none
function attack() {}
