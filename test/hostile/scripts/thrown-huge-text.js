// family: thrown values
// source: own idea: megabytes of name, message and stack
// expect: error 1000
function attack() {
  const e = new Error('x'.repeat(5e6));
  e.name = 'n'.repeat(5e6);
  e.stack = 's\n'.repeat(5e6);
  throw e;
}
