// family: late callbacks
// source: own idea: an interval that goes on
// expect: value "over"
function attack(cb) {
  setInterval(() => {
    for (;;);
  }, 1);
  setImmediate(() => {
    for (;;);
  });
  cb('over');
}
