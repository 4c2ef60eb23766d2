// The runner's steps, in a process with a runner's flags: to make a context, and to run a script in it.
// Usage: node [a runner's flags] runner.mjs ORDER
import { ScriptContext } from '../../dist/sandbox/runner/context.js';
import { execute } from '../../dist/sandbox/runner/execute.js';
import { parseExecute } from '../../dist/sandbox/runner/messages.js';
import { mentionedGlobals } from '../../dist/sandbox/runner/mentioned-globals.js';
import { ModuleHost } from '../../dist/sandbox/runner/modules/index.js';
import { microseconds } from './stopwatch.mjs';

const [order] = process.argv.slice(2);
const modules = new ModuleHost([]);
/** Few at a time, as in a runner: many that live at once cost the collector more. */
const COUNTS = { batches: 25, each: 20 };

const refuse = (what) => () => {
  throw new Error(`the script ${what}`);
};

function run(context) {
  let answered = false;
  const message = parseExecute(order);
  context.open(
    {
      returned: () => {
        answered = true;
      },
      threw: refuse('threw'),
      console: () => undefined,
      yielded: () => undefined,
      called: () => undefined,
    },
    message.modules,
    mentionedGlobals(message.code, message.caller),
  );
  execute(context, message, { missing: refuse('has no such function'), invalid: refuse('is invalid') });
  if (!answered) throw new Error('the script did not answer at once');
  context.close();
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const both = await microseconds(async () => {
  run(new ScriptContext(modules));
  await turn();
}, COUNTS);
const idle = await microseconds(turn, COUNTS);
const context = await microseconds(async () => {
  new ScriptContext(modules).close();
  await turn();
}, COUNTS);
console.log(JSON.stringify({ context: context - idle, run: both - context }));
