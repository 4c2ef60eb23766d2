// family: resource bombs
// source: own idea: a pattern that is large to compile
// expect: error 1000 or error 1002 or error 1003 or value true or value false
// timeout: 400
function attack(cb) {
  cb(new RegExp('(?:a{1,1000}){1,1000}b'.repeat(20)).test('a'.repeat(5000)));
}
