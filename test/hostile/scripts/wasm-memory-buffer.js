// family: WebAssembly
// source: own idea: memories and tables without any module
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const f of [
    () => new WebAssembly.Memory({ initial: 1 }),
    () => new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true }),
    () => new WebAssembly.Table({ initial: 1, element: 'anyfunc' }),
    () => new WebAssembly.Global({ value: 'externref', mutable: true }, {}),
    () => new WebAssembly.Tag({ parameters: ['i32'] }),
  ]) {
    const thing = caught(f);
    loot.push(thing, thing.buffer, thing.value);
  }
  cb(verdict(...loot));
}
