/** Evaluates the expressions of its standard input in plain Node, with `require`; prints each value as JSON. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

process.on('unhandledRejection', () => {});
globalThis.require = createRequire(import.meta.url);

for (const expression of JSON.parse(readFileSync(0, 'utf8'))) {
  /* oxlint-disable no-eval -- evaluating is what this is for, one after the other */
  let value;
  try {
    const late = new Promise((resolve) => setTimeout(resolve, 2000, 'no answer'));
    value = await Promise.race([late, (0, eval)(expression)]);
  } catch (error) {
    value = `threw ${error.name} ${error.code}`;
  }
  console.log(JSON.stringify(value ?? null));
}
process.exit();
