// family: Buffer
// source: own idea: memory that goes away during a call
// expect: value "safe"
function attack(cb) {
  const b = new Uint8Array(16);
  const drop = {
    valueOf() {
      caught(() => b.buffer.transfer(0));
      return 5;
    },
  };
  cb(
    verdict(
      caught(() => b.fill(drop)),
      caught(() => b.set([1], drop)),
      caught(() => Buffer.from(b.buffer, drop)),
      caught(() => b.at(drop)),
    ),
  );
}
