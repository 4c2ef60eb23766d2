// family: stack overflow
// source: own idea: timers on a full stack
// expect: value "safe"
function attack(cb) {
  const loot = [];
  deep(() => {
    for (const f of [setTimeout, setInterval, setImmediate]) loot.push(caught(() => f(() => {}, 1000)));
    for (const f of [clearTimeout, clearInterval, clearImmediate, queueMicrotask])
      loot.push(caught(() => f(loot[0] ?? 1)));
  });
  cb(verdict(...loot));
}
