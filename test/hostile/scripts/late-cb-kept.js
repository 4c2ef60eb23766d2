// family: late callbacks
// source: own idea: the callback is kept for a later execution
// expect: value "over"
function attack(cb) {
  globalThis.keep = cb;
  Object.prototype.keep = cb;
  cb('over');
}
