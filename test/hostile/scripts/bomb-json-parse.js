// family: resource bombs
// source: own idea: a reviver without an end
// expect: error 1002
// timeout: 400
function attack(cb) {
  JSON.parse('[1]', function (k, v) {
    for (;;);
  });
}
