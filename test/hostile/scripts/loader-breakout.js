// family: module loader
// source: own idea: a text that closes the function it is put into
// expect: value "safe"
function attack(cb) {
  const e = caught(() => require('breakout'));
  cb(verdict(e, e.cause));
}
