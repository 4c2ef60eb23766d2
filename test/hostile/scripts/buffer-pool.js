// family: Buffer
// source: isolated-vm class: old bytes of the host in unfilled memory
// expect: value "safe"
function attack(cb) {
  let text = '';
  for (let i = 0; i < 200; i++) text += Buffer.allocUnsafe(4096).toString('latin1');
  cb(
    /canary[-]of/.test(text) || Buffer.from('a').buffer.byteLength > 1e6
      ? 'LEAK: memory'
      : verdict(Buffer.from('a').buffer, Buffer.from('a').parent),
  );
}
