// family: reuse
// source: own idea: a finalizer of the earlier call runs while the next one makes garbage
// earlier: tamper
// expect: value "safe"
let finalized = 0;
function tamper(cb) {
  const registry = new FinalizationRegistry(() => {
    finalized += 1;
    cb('forged');
  });
  for (let i = 0; i < 1000; i++) registry.register({ i }, i);
  cb('tampered');
}
function attack(cb) {
  let garbage = [];
  for (let i = 0; i < 2e5; i++) garbage.push({ i });
  garbage = undefined;
  setTimeout(() => cb(finalized === 0 ? verdict(cb) : `finalized ${finalized}`), 20);
}
