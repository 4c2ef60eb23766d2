// family: reuse
// source: own idea: the callback of the earlier call answers in the next one, many times
// earlier: tamper
// expect: value "safe"
let old;
function tamper(cb) {
  old = cb;
  cb('tampered');
}
function attack(cb) {
  old ??= () => {};
  for (let i = 0; i < 100; i++) old('forged');
  Promise.resolve().then(() => old('forged'));
  setTimeout(() => {
    old('forged');
    cb(verdict(old, cb));
    old('forged');
    cb('again');
  }, 5);
}
