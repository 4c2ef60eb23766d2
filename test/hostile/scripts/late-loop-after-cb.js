// family: late callbacks
// source: own idea: a loop after the answer
// expect: value "over"
function attack(cb) {
  cb('over');
  for (;;);
}
