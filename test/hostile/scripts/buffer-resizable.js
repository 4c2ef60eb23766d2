// family: Buffer
// source: own idea: resizable memory under a view
// expect: value "safe"
function attack(cb) {
  const memory = caught(() => new ArrayBuffer(8, { maxByteLength: 64 }));
  const view = new Uint8Array(memory);
  caught(() => memory.resize(0));
  cb(
    verdict(
      memory,
      view,
      caught(() => view[0]),
      caught(() => Buffer.from(memory)),
    ),
  );
}
