// family: stack overflow
// source: own idea: lazy globals on a full stack
// expect: value "safe" or error 1201
function attack(cb) {
  const loot = [];
  deep(
    () =>
      loot.push(
        caught(() => Buffer.from('x')),
        caught(() => new URL('http://a/')),
        caught(() => btoa('x')),
        caught(() => new TextEncoder().encode('x')),
        caught(() => performance.now()),
      ),
    60,
  );
  cb(verdict(...loot));
}
