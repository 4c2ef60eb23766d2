// family: module loader
// source: own idea: texts that go to Node's own functions
// expect: value "safe"
function attack(cb) {
  const url = require('url');
  const loot = [];
  for (const text of ['xn--', '\ud800', 'a'.repeat(1e6), '\u0000', { toString: () => 'x' }, Symbol('x')])
    loot.push(
      caught(() => url.domainToASCII(text)),
      caught(() => url.domainToUnicode(text)),
      caught(() => new URL(text)),
      caught(() => (new URL('http://a/').host = text)),
    );
  cb(verdict(...loot));
}
