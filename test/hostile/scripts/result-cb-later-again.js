// family: results
// source: own idea: an answer, and another in a later turn
// expect: value "first"
function attack(cb) {
  cb('first');
  setTimeout(() => cb('second'), 1);
  Promise.resolve().then(() => cb('third'));
}
