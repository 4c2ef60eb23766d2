// family: Atomics
// source: isolated-vm class: a precise clock from shared memory needs a second thread
// expect: value "safe"
function attack(cb) {
  cb(
    typeof Worker === 'undefined' &&
      typeof MessageChannel === 'undefined' &&
      typeof BroadcastChannel === 'undefined'
      ? 'safe'
      : 'LEAK: threads',
  );
}
