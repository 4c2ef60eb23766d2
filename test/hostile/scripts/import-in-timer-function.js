// family: import()
// source: own idea: compiled in one turn, called in another
// expect: value "safe"
function attack(cb) {
  const f = new Function('return import("node:fs")');
  setTimeout(
    () =>
      f().then(
        () => cb('LEAK'),
        (e) => cb(verdict(e)),
      ),
    1,
  );
}
