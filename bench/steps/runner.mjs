// The runner's steps, in a process with a runner's flags: to make a context, and to run a script in it.
// Usage: node [a runner's flags] runner.mjs ORDER
import { VmContext } from '../../dist/sandbox/runner/script/vm-context.js';
import { execute } from '../../dist/sandbox/runner/script/execute.js';
import { parseExecute } from '../../dist/sandbox/boundary/messages.js';
import { mentionedGlobals } from '../../dist/sandbox/runner/script/script-texts.js';
import { ModuleHost } from '../../dist/sandbox/runner/modules/index.js';
import { median } from '../measure/statistics.mjs';

const [order] = process.argv.slice(2);
const modules = new ModuleHost([]);
const WARM = 200;
const COUNT = 1000;

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
      loading: () => undefined,
      console: () => undefined,
      yielded: () => undefined,
      called: () => undefined,
      hasEgress: false,
    },
    message.modules,
    mentionedGlobals(message.code, message.caller),
  );
  execute(context, message, { missing: refuse('has no such function'), invalid: refuse('is invalid') });
  if (!answered) throw new Error('the script did not answer at once');
  context.close();
}

const timed = (work) => {
  const begun = performance.now();
  const made = work();
  return [(performance.now() - begun) * 1000, made];
};

const times = { context: [], run: [] };
for (let i = 0; i < WARM + COUNT; i++) {
  const [made, context] = timed(() => new VmContext(modules));
  // As in a runner: the script comes in a later turn.
  await new Promise((resolve) => setImmediate(resolve));
  const [ran] = timed(() => run(context));
  if (i < WARM) continue;
  times.context.push(made);
  times.run.push(ran);
}
console.log(JSON.stringify({ context: median(times.context), run: median(times.run) }));
