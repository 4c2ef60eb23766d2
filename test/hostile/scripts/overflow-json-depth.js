// family: stack overflow
// source: own idea: a result so deep that writing it overflows
// expect: error 1000 RangeError or error 1003
function attack(cb) {
  let value = null;
  for (let i = 0; i < 200000; i++) value = [value];
  cb(value);
}
