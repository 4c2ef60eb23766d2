// family: resource bombs
// source: own idea: promises without an end in one turn
// expect: error 1002 or error 1003
// timeout: 400
function attack(cb) {
  for (;;) Promise.resolve().then(() => {});
}
