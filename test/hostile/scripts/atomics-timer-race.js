// family: Atomics
// source: isolated-vm class: a precise clock from shared memory needs a second thread
// expect: value "safe"
async function attack(cb) {
  if (typeof Worker !== 'undefined' || typeof BroadcastChannel !== 'undefined') return cb('LEAK: threads');
  // Both ends of a channel are here: what comes is a clone, and no memory is shared.
  const { port1, port2 } = new MessageChannel();
  const sent = new Uint8Array([1]);
  const got = await new Promise((resolve) => {
    port2.onmessage = ({ data }) => resolve(data);
    port1.postMessage(sent);
  });
  sent[0] = 2;
  const shared = caught(() => port1.postMessage(new SharedArrayBuffer(8)));
  cb(got[0] === 1 && !(shared instanceof SharedArrayBuffer) ? verdict(got, shared) : 'LEAK: shared memory');
}
