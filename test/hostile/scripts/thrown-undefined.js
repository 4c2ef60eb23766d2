// family: thrown values
// source: javascriptd's own bug: died of undefined
// expect: error 1000 undefined
function attack() {
  throw undefined;
}
