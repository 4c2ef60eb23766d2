// family: late callbacks
// source: own idea: microtasks that never end, after the answer
// expect: value "over"
function attack(cb) {
  cb('over');
  const again = () => Promise.resolve().then(again);
  again();
}
