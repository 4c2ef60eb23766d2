// family: reuse
// source: own idea: timers, intervals and immediates that outlive the call that made them
// earlier: tamper
// expect: value "safe"
let ran = 0;
const timers = [];
function tamper(cb) {
  const late = () => {
    ran += 1;
    cb('forged');
    throw new Error('forged');
  };
  for (let i = 0; i < 50; i++) timers.push(setInterval(late, 1), setTimeout(late, 1), setImmediate(late));
  cb('tampered');
  timers.push(setTimeout(late, 1), setImmediate(late));
}
function attack(cb) {
  for (const timer of timers) caught(() => timer.refresh());
  setTimeout(() => cb(ran === 0 ? verdict(...timers) : `ran ${ran}`), 30);
}
