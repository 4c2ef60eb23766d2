// family: Atomics
// source: own idea: blocks the thread of the runner
// expect: error 1002
// timeout: 400
function attack(cb) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  cb('never');
}
