/**
 * The uses in plain Node: for each name on the command line, what `uses.mjs` gives in this process. Prints a line of JSON
 * for each: `{name, value}` or `{name, error}`, and the milliseconds of the first `require`.
 * Usage: node node.mjs <folder with node_modules> <package>
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { uses } from './uses.mjs';

const [folder, name] = process.argv.slice(2);
const require = createRequire(join(folder, 'script.js'));
const answer = { name };
try {
  const started = performance.now();
  require(name);
  answer.ms = performance.now() - started;
  answer.value = (await uses[name](require)) ?? null;
} catch (error) {
  answer.error = `${error.name}: ${error.message}`;
}
// With a line of its own, for packages that print; and an end, for those that keep a connection open.
process.stdout.write(`\n${JSON.stringify(answer)}\n`, () => process.exit());
