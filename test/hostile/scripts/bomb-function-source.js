// family: resource bombs
// source: own idea: code of megabytes, compiled again and again
// expect: error 1002 or error 1003
// timeout: 400
function attack(cb) {
  for (let i = 0; ; i++) new Function('x'.repeat(1e5) + i + ';'.repeat(1e5))?.name;
}
