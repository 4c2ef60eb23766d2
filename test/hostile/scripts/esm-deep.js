// family: ES modules
// source: own idea: a text that fills the parser's stack
// expect: value "safe" or error 1201
async function attack(cb) {
  cb(
    verdict(
      caught(() => require('esm-deep')),
      await import('esm-deep').catch((e) => e),
      require('esm').default === 1,
    ),
  );
}
