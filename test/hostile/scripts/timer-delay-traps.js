// family: timers
// source: own idea: delays with valueOf
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const spy = {
    valueOf: function v() {
      loot.push(this, v.caller);
      return 1;
    },
  };
  setTimeout(() => {}, spy);
  loot.push(
    caught(() => setTimeout(() => {}, Symbol('x'))),
    caught(() => setTimeout(() => {}, 5n)),
    caught(() => setTimeout('process')),
    caught(() =>
      setTimeout(
        new Proxy(() => {}, {
          apply(t, s, a) {
            loot.push(s, a);
          },
        }),
      ),
    ),
  );
  setTimeout(() => cb(verdict(...loot)), 5);
}
