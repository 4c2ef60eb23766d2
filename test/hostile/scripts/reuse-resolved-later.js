// family: reuse
// source: own idea: the promise that the earlier call answered with settles in the next one
// earlier: tamper
// expect: value "safe"
let settle;
async function* yields() {
  yield await new Promise((resolve) => {
    settle = resolve;
  });
  return 'forged';
}
function tamper(cb) {
  const pending = yields();
  pending.next();
  setTimeout(() => cb('tampered'), 1);
  return pending;
}
function attack(cb) {
  settle?.('forged');
  setTimeout(() => cb(verdict(cb, settle ?? cb)), 10);
}
