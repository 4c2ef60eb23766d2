// family: thrown values
// source: javascriptd's own bug: a name that is an object panicked Go clients
// expect: error 1000 Error
function attack() {
  throw {
    name: { toString: () => 'x' },
    message: ['m'],
    stack: {
      split() {
        throw 1;
      },
    },
  };
}
