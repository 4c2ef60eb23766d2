// family: resource bombs
// source: own idea: a yielded value past the limit of a result
// options: {"stream": true}
// expect: error 1003
async function* attack() {
  yield 'x'.repeat(2e7);
}
