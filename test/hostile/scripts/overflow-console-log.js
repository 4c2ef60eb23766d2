// family: stack overflow
// source: vm2 GHSA-9qj6-qjgg-37qq class: RangeError of the host at the boundary
// expect: value "safe" or error 1201
function attack(cb) {
  const loot = [];
  deep(() => loot.push(caught(() => console.log('x'))));
  cb(verdict(...loot));
}
