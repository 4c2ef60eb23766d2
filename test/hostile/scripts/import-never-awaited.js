// family: import()
// source: own idea: a rejected import() that nobody catches
// expect: error 1000 Error
function attack(cb) {
  import('x');
}
