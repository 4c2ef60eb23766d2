// family: thrown values
// source: own idea: a stack that makes the host's patterns work hard
// expect: error 1000
function attack() {
  const e = new Error('m');
  e.stack =
    'Error\n    at ' +
    ' at node file: '.repeat(3000) +
    '\n' +
    ' '.repeat(30000) +
    '\n    at ' +
    'script.js:1'.repeat(3000);
  throw e;
}
