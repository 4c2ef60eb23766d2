// family: structured clone
// source: own idea: transfer of buffers
// expect: value "safe"
function attack(cb) {
  const buffer = new ArrayBuffer(8);
  cb(
    verdict(
      caught(() => structuredClone(buffer, { transfer: [buffer] })),
      caught(() => buffer.transfer?.()),
      caught(() => postMessage?.(1)),
    ),
  );
}
