// family: WeakRef and FinalizationRegistry
// source: own idea: a weak reference and a timer after the end
// expect: value 1
function attack(cb) {
  const ref = new WeakRef({});
  setInterval(() => ref.deref(), 1);
  cb(1);
}
