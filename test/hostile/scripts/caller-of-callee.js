// family: constructors
// source: vm2 CVE-2019-10761 idea: climbing with Function.caller
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (let f = attack, i = 0; f && i < 20; i++) {
    loot.push(f);
    f = caught(() => f.caller);
  }
  cb(verdict(...loot));
}
