// family: flooding
// source: own idea: a generator that yields without end
// options: {"stream": true}
// timeout: short
// expect: error 1002 Timeout
async function* attack() {
  for (;;) yield 'x'.repeat(1e5);
}
