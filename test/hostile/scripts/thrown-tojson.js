// family: thrown values
// source: own idea: the description of an error is written with a toJSON of the script's
// expect: error 1000 Error
Object.prototype.toJSON = () => undefined;
JSON.stringify = () => undefined;
function attack(cb) {
  throw new Error('an attack');
}
