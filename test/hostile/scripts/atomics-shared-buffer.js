// family: Atomics
// source: own idea: shared memory leads nowhere
// expect: value "safe"
function attack(cb) {
  const shared = new SharedArrayBuffer(8, { maxByteLength: 16 });
  const view = new Int32Array(shared);
  Atomics.store(view, 0, 1);
  cb(
    verdict(
      shared,
      view,
      caught(() => Atomics.notify(view, 0)),
      caught(() => Atomics.pause?.()),
      caught(() => structuredClone(shared)),
    ),
  );
}
