// family: resource bombs
// source: own idea: WebAssembly memories without a module
// expect: error 1000 or error 1002 or error 1003
// timeout: 400
function attack(cb) {
  const all = [];
  for (;;) {
    const m = new WebAssembly.Memory({ initial: 256 });
    new Uint8Array(m.buffer).fill(1);
    all.push(m);
  }
}
