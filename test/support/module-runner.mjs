/**
 * A runner process without the pipe: reads `{packages, executions: [{modules, code}], codeCache}` from its standard
 * input, runs each in a real context of one ModuleHost, and prints a JSON line for each: the text that the
 * code completes to (`ok`) or the error (`error`), and the milliseconds that it took.
 */
import { readFileSync } from 'node:fs';
import { freezeIntrinsics } from '../../dist/sandbox/runner/loop/freeze-intrinsics.js';
import { VmContext } from '../../dist/sandbox/runner/script/vm-context.js';
import { ModuleHost, NO_CODE, PackedCode } from '../../dist/sandbox/runner/modules/index.js';

/** Evaluates in the realm, so that whatever is thrown is described there. */
const EVALUATE = `(text) => {
  try {
    return { __proto__: null, ok: (0, eval)(text) };
  } catch (error) {
    const described = (e) => ({ isOwn: e instanceof Error, name: e?.name, code: e?.code, message: e?.message ?? String(e) });
    const { cause } = error ?? {};
    return {
      __proto__: null,
      error: JSON.stringify({
        ...described(error),
        stack: String(error?.stack),
        cause: cause === undefined ? undefined : described(cause),
      }),
    };
  }
}`;

freezeIntrinsics();

// In the runner it ends the execution; here one after the other is asked what it answers.
process.on('unhandledRejection', () => {});

const { packages, executions, codeCache } = JSON.parse(readFileSync(0, 'utf8'));
const host = new ModuleHost(packages, codeCache === undefined ? NO_CODE : new PackedCode(codeCache));

for (const { modules, code, leak } of executions) {
  const lines = [];
  const context = new VmContext(host, false);
  context.open(
    { returned() {}, threw() {}, loading() {}, console: (_level, line) => void lines.push(line) },
    modules,
  );
  const run = context.evaluate(EVALUATE, 'driver')();
  // Only to prove that the tests see a leak when there is one.
  if (leak === true)
    context.evaluate('(leaked) => { globalThis.leaked = leaked }', 'driver')()({ of: 'the host' });
  const started = performance.now();
  const { ok, error } = run(code);
  const ms = performance.now() - started;
  // A promise is the context's own: only its settled text is taken.
  const value = typeof ok === 'object' && ok !== null && typeof ok.then === 'function' ? await ok : ok;
  context.close();
  console.log(
    JSON.stringify(error === undefined ? { ok: value, ms, lines } : { error: JSON.parse(error), ms, lines }),
  );
}
