// family: resource bombs
// source: own idea: rejections without an end in one turn
// expect: error 1002 or error 1003 or error 1000
// timeout: 400
function attack(cb) {
  for (;;) Promise.reject(1);
}
