// family: thrown values
// source: own idea: a getter of the exception answers by itself
// expect: value "won"
var attack = (cb) => {
  throw {
    get name() {
      cb('won');
      return 'lost';
    },
  };
};
