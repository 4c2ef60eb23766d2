// family: reuse
// source: own idea: a chain of microtasks that begins after the answer and would end in the next call
// earlier: tamper
// expect: value "safe"
let links = 0;
function tamper(cb) {
  cb('tampered');
  const link = () => {
    links += 1;
    if (links < 10_000) return Promise.resolve().then(link);
    cb('forged');
    console.log('forged');
    return Promise.reject(new Error('forged'));
  };
  queueMicrotask(link);
}
function attack(cb) {
  const before = links;
  setTimeout(() => cb(links === before ? verdict(cb) : 'went on'), 10);
}
