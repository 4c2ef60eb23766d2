// family: thrown values
// source: javascriptd's own bug: died of it
// expect: error 1000 TypeError
function attack(cb) {
  setTimeout(() => {
    null.x;
  }, 1);
}
