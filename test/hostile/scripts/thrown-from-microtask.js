// family: thrown values
// source: own idea: through queueMicrotask
// expect: error 1000 x
function attack(cb) {
  queueMicrotask(() => {
    throw 'x';
  });
}
