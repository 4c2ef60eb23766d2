// family: resource bombs
// source: own idea: texts beyond the engine's longest
// expect: error 1000 RangeError
function attack(cb) {
  let s = 'x'.repeat(2 ** 28);
  s += s;
  s += s;
  s += s;
  cb(s.length);
}
