// family: flooding
// source: own idea: lines without end
// expect: error 1002 or error 1003
// timeout: 400
function attack() {
  for (;;) console.log('x');
}
