/** A test in this process of plain Node: reads the script from the input, prints a line with its verdict. */
const { readFileSync } = require('node:fs');

// Some tests replace the global.
const { process } = globalThis;
const script = readFileSync(0, 'utf8');
// The line is told apart from what the test prints.
const report = (verdict) => process.stdout.write(`\n${JSON.stringify(verdict)}\n`, () => process.exit());
// oxlint-disable-next-line typescript/no-implied-eval -- the same text as the service evaluates
new Function('require', `${script}\nreturn run;`)(require)(report);
