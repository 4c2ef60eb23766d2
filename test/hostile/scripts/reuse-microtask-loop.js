// family: reuse
// source: own idea: microtasks without an end, so that the process is never idle again
// earlier: tamper
// expect: value "safe"
function tamper(cb) {
  cb('tampered');
  const loop = () => Promise.resolve().then(loop);
  loop();
}
function attack(cb) {
  cb(verdict(cb));
}
