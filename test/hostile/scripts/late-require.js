// family: late callbacks
// source: own idea: loads and allocates after the answer
// expect: value "over"
function attack(cb) {
  cb('over');
  queueMicrotask(() => {
    caught(() => require('huge'));
    caught(() => Buffer.alloc(1e7));
  });
}
