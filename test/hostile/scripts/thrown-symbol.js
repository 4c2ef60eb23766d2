// family: thrown values
// source: own idea: a symbol becomes no text by itself
// expect: error 1000 Symbol(x)
function attack() {
  throw Symbol('x');
}
