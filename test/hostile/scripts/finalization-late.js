// family: WeakRef and FinalizationRegistry
// source: own idea: a finaliser of one execution runs in the next one's time
// expect: value "armed"
function attack(cb) {
  const registry = new FinalizationRegistry(() => {
    globalThis.x = require;
    for (;;);
  });
  for (let i = 0; i < 2000; i++) registry.register({ i }, i);
  cb('armed');
}
