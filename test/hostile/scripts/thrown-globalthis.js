// family: thrown values
// source: own idea: the global object as the exception
// expect: error 1000 Error
function attack() {
  throw globalThis;
}
