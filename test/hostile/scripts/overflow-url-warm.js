// family: stack overflow
// source: own idea: calls that ask the host, on a full stack
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (let i = 0; i < 3; i++) {
    new URL('http://a.b/?c');
    caught(() => new URL('nope'));
    performance.now();
    require('url').domainToASCII('x');
  }
  deep(
    () =>
      loot.push(
        caught(() => new URL('http://a/')),
        caught(() => new URL('nope')),
        caught(() => performance.now()),
        caught(() => require('url').domainToASCII('é')),
      ),
    80,
  );
  cb(verdict(...loot));
}
