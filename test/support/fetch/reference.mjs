/** Runs cases in plain Node: reads `{prelude, cases}` from its standard input, and prints the value of each as JSON. */
import { readFileSync } from 'node:fs';

const { prelude, cases } = JSON.parse(readFileSync(0, 'utf8'));
process.on('unhandledRejection', () => {});
const AsyncFunction = (async () => {}).constructor;
const waited = await Promise.all(
  cases.map(async (body) => {
    try {
      return await new AsyncFunction('require', `${prelude}\n${body}`)(
        process.getBuiltinModule?.bind(process),
      );
    } catch (error) {
      return `threw ${error?.name}: ${error?.message}`;
    }
  }),
);
// In one piece, since `exit` does not wait for a pipe.
process.stdout.write(JSON.stringify(waited.map((value) => value ?? null)), () => process.exit());
