// family: WebAssembly
// source: own idea: machine code from a script; refused
// expect: value "safe"
// process: value "LEAK: compiled"
function attack(cb) {
  const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  const error = caught(() => new WebAssembly.Module(bytes));
  cb(error instanceof WebAssembly.CompileError ? verdict(error) : 'LEAK: compiled');
}
