// family: Atomics
// source: isolated-vm class: a precise clock from shared memory needs a second thread
// expect: value "safe"
// process: value "LEAK: threads"
function attack(cb) {
  // A MessageChannel of the context's own is of one thread: see web-message-channel.
  cb(typeof Worker === 'undefined' && typeof BroadcastChannel === 'undefined' ? 'safe' : 'LEAK: threads');
}
