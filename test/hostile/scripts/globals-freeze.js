// family: poisoned globals
// source: own idea: the global object is frozen
// expect: value "safe"
function attack(cb) {
  const frozen = caught(() => {
    for (const n of ['Buffer', 'URL']) globalThis[n];
    return Reflect.preventExtensions(globalThis);
  });
  console.log({});
  cb(
    verdict(
      frozen,
      caught(() => new TextEncoder()),
    ),
  );
}
