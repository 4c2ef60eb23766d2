// family: WebAssembly
// source: own idea: getters on descriptors
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const spy = new Proxy(
    {},
    {
      get(t, k, r) {
        loot.push(r, arguments);
        return k === 'initial' ? 1 : undefined;
      },
    },
  );
  caught(() => new WebAssembly.Memory(spy));
  caught(() => new WebAssembly.Table(spy));
  caught(() => new WebAssembly.Global(spy));
  caught(() => WebAssembly.validate(spy));
  cb(verdict(...loot));
}
