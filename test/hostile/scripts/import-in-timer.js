// family: import()
// source: own idea: when no code is on the stack
// expect: value "safe"
function attack(cb) {
  setTimeout(() => {
    const p = import('node:fs');
    p.then(
      () => cb('LEAK'),
      (e) => cb(verdict(e, p)),
    );
  }, 1);
}
