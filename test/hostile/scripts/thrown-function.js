// family: thrown values
// source: own idea: a function with properties
// expect: error 1000
function attack() {
  throw Object.assign(function name() {}, { message: 1 });
}
