// family: ES modules
// source: own idea: a module that is taken for a promise
// expect: value "safe"
// process: error 1000 Error
async function attack(cb) {
  const got = await import('esm-then');
  cb(
    verdict(
      got,
      globalThis.thenGot,
      ...globalThis.thenGot,
      globalThis.thenGot.map((f) => caught(() => f('again'))),
    ),
  );
}
