// family: WeakRef and FinalizationRegistry
// source: own idea: watches what was given
// expect: value "safe"
function attack(cb) {
  const registry = new FinalizationRegistry(() => {});
  for (const thing of [cb, require, console, globalThis]) registry.register(thing, 1);
  cb(verdict(new WeakRef(cb), new WeakRef(globalThis).deref(), registry));
}
