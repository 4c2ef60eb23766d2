// family: thrown values
// source: own idea: the code itself throws something exotic
// expect: error 1000
// prelude: none
throw new Proxy(
  {},
  {
    get() {
      throw 1;
    },
    getPrototypeOf() {
      throw 2;
    },
    has() {
      throw 3;
    },
  },
);
