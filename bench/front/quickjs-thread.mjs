// One thread of `backends/quickjs.mjs`.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { HARNESS, PACKAGES, packageScript, requires } from './harness.mjs';
import { TIMEOUT, died } from './replies.mjs';

const require = createRequire(new URL('../peers/package.json', import.meta.url));
const quickjs = await require('quickjs-emscripten').getQuickJS();
const { timeoutMs, memoryMb } = workerData;
const packages = packageScript();

function run({ code, globals, call }, answered) {
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(memoryMb * 1024 * 1024);
  const end = Date.now() + timeoutMs;
  runtime.setInterruptHandler(() => Date.now() > end);
  const context = runtime.newContext();
  const timers = new Set();
  let fire;
  let over = false;
  const finish = (body) => {
    if (over) return;
    over = true;
    clearTimeout(deadline);
    for (const timer of timers) clearTimeout(timer);
    answered(body);
    // Not from within a call of its own.
    setImmediate(() => {
      fire?.dispose();
      context.dispose();
      runtime.dispose();
    });
  };
  const deadline = setTimeout(() => finish(TIMEOUT), timeoutMs);
  /** Takes what a call into the context came to, and then its microtasks. */
  const settle = (result) => {
    if (result.error !== undefined) {
      result.error.dispose();
      return finish(Date.now() > end ? TIMEOUT : died('the script could not be run'));
    }
    const jobs = runtime.executePendingJobs();
    if (jobs.error !== undefined) {
      jobs.error.dispose();
      finish(TIMEOUT);
    }
    return result.value;
  };
  const define = (name, body) => {
    const handle = context.newFunction(name, body);
    context.setProp(context.global, name, handle);
    handle.dispose();
  };
  define('benchAnswered', (body) => finish(context.getString(body)));
  define('benchLater', (id, ms) => {
    const number = context.getNumber(id);
    timers.add(
      setTimeout(() => {
        if (over) return;
        const argument = context.newNumber(number);
        settle(context.callFunction(fire, context.undefined, argument))?.dispose();
        argument.dispose();
      }, context.getNumber(ms)),
    );
  });
  if (requires({ code })) context.evalCode(packages).value?.dispose();
  const text = `const benchRealm = ${HARNESS}(${JSON.stringify(JSON.stringify(globals))}, benchAnswered, benchLater, ${PACKAGES});\n${code}\n;benchRealm.call(${call});\nbenchRealm.fire`;
  fire = settle(context.evalCode(text));
}

parentPort.on('message', ({ id, payload }) => run(payload, (body) => parentPort.postMessage({ id, body })));
parentPort.postMessage('ready');
