// family: constructors
// source: isolated-vm README: a reference that was given away
// expect: value "safe"
function attack(cb) {
  const timers = [
    setTimeout,
    setInterval,
    setImmediate,
    clearTimeout,
    clearInterval,
    clearImmediate,
    queueMicrotask,
  ];
  const timer = setTimeout(() => {}, 1000);
  cb(
    verdict(
      ...timers,
      timer,
      timer.constructor,
      Object.getPrototypeOf(timer),
      setImmediate(() => {}),
    ),
  );
}
