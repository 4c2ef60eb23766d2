// family: late callbacks
// source: own idea: an async generator that goes on
// expect: value "over"
async function attack(cb) {
  cb('over');
  async function* g() {
    for (;;) yield 1;
  }
  for await (const x of g());
}
