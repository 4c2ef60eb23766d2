// family: Proxy
// source: vm2 CVE-2018-3 class: wraps what was given and calls through
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const wrap = (f) =>
    new Proxy(f, {
      apply(t, s, a) {
        loot.push(t, s, a);
        return Reflect.apply(t, s, a);
      },
    });
  console.log = wrap(console.log);
  const timer = wrap(setTimeout);
  console.log(
    timer(() => {}, 1),
    loot,
  );
  loot.push(wrap(require)('util'));
  cb(verdict(...loot));
}
