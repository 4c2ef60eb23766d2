// family: flooding
// source: own idea: one line longer than a frame may be
// expect: value "done" or error 1003
function attack(cb) {
  console.log('é'.repeat(30e6));
  cb('done');
}
