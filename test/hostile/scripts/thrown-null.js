// family: thrown values
// source: javascriptd's own bug: died of null
// expect: error 1000 null
function attack() {
  throw null;
}
