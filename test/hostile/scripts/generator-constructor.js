// family: generators
// source: n8n class: constructors that are no globals
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const f of [function* () {}, async () => {}, async function* () {}]) {
    const Made = Object.getPrototypeOf(f).constructor;
    loot.push(
      Made,
      caught(() => Made('return process')),
      caught(() => Made('yield this')().next()),
      Object.getPrototypeOf(Made),
    );
  }
  cb(verdict(...loot));
}
