// family: thrown values
// source: own idea: a stack that speaks of the gateway's files
// expect: error 1000 Error
function attack() {
  const e = new Error('m');
  e.stack = 'Error: m\n    at x (/etc/passwd:1:1)\n    at y (script.js:99999999999999999999:1)';
  throw e;
}
