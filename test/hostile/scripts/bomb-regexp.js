// family: resource bombs
// source: own idea: catastrophic backtracking
// expect: error 1002
// timeout: 400
function attack(cb) {
  cb(/^(a+)+$/.test('a'.repeat(60) + '!'));
}
