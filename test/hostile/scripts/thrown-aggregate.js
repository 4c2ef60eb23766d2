// family: thrown values
// source: own idea: an error of errors of itself
// expect: error 1000 AggregateError
function attack() {
  const e = new AggregateError([], 'm', {});
  e.errors.push(e);
  e.cause = e;
  throw e;
}
