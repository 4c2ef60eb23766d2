// family: stack overflow
// source: own idea: generators resumed on a full stack
// expect: value "safe"
function attack(cb) {
  const loot = [];
  function* g() {
    while (true) {
      try {
        yield caught(() => console.log('x'));
      } catch (e) {
        loot.push(e);
      }
    }
  }
  const it = g();
  deep(() => loot.push(caught(() => it.next().value)));
  cb(verdict(...loot));
}
