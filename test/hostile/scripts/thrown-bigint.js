// family: thrown values
// source: own idea: JSON has no bigint
// expect: error 1000 5
function attack() {
  throw 5n;
}
