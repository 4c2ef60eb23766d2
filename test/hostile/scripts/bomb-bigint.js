// family: resource bombs
// source: own idea: native arithmetic without an end
// expect: error 1002 or error 1000
// timeout: 400
function attack(cb) {
  let x = 3n;
  for (;;) x = x * x;
}
