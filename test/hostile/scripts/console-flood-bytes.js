// family: flooding
// source: own idea: megabytes a line
// expect: error 1002 or error 1003
// timeout: 400
function attack() {
  const line = 'x'.repeat(1e6);
  for (;;) console.log(line);
}
