/**
 * A runner process reduced to modules: reads `{packages, executions: [{modules, code}]}` from its standard
 * input, runs each in a fresh context of one ModuleHost, and prints a JSON line for each: the text that the
 * code's function `result` gives (`ok`) or the error (`error`), and the milliseconds that it took.
 */
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { compile, importModuleDynamically, onImport } from '../../dist/sandbox/runner/compile.js';
import { ModuleHost } from '../../dist/sandbox/runner/modules/index.js';

/** What the real bootstrap does for modules, and no more. */
const bootstrap = compile(
  `(function (ask, load, startTimer, stopTimer, write) {
    "use strict";
    let modules;
    const createModules = () => {
      try {
        return load("realm:require");
      } catch {
        throw new RangeError("Maximum call stack size exceeded");
      }
    };
    const open = () => (modules ??= createModules()(ask, load, {
      setTimeout: (callback, ms) => startTimer(callback, ms),
      clearTimeout: (id) => stopTimer(id),
      setInterval: (callback, ms) => startTimer(callback, ms),
      clearInterval: (id) => stopTimer(id),
      queueMicrotask: (callback) => { Promise.resolve().then(callback); },
      write: (line) => { write(String(line)); },
    }));
    Object.defineProperty(globalThis, "require", {
      get: () => open().require, configurable: true, enumerable: false,
    });
    Object.defineProperty(globalThis, "inspect", {
      value: (name) => open().builtin("inspect")[name], writable: true, configurable: true,
    });
    Object.defineProperty(globalThis, "setImmediate", {
      get: () => open().builtin("timers").setImmediate, configurable: true, enumerable: false,
    });
    globalThis.console = { log: (...args) => write(open().builtin("inspect").format(...args)) };
    return (text) => {
      try {
        return { __proto__: null, ok: (0, eval)(text) };
      } catch (error) {
        return {
          __proto__: null,
          error: JSON.stringify({
            isOwn: error instanceof Error,
            name: error?.name,
            code: error?.code,
            message: error?.message ?? String(error),
            stack: String(error?.stack),
            cause: error?.cause === undefined ? undefined : {
              isOwn: error.cause instanceof Error, name: error.cause?.name, code: error.cause?.code, message: error.cause?.message ?? String(error.cause),
            },
          }),
        };
      }
    };
  })`,
  'driver',
);

const { packages, executions } = JSON.parse(readFileSync(0, 'utf8'));
const host = new ModuleHost(packages);
onImport(() => 'import() is not supported');

for (const { modules, code, leak } of executions) {
  const lines = [];
  const contextified = vm.constants?.DONT_CONTEXTIFY ?? Object.create(null);
  const context = vm.createContext(contextified, {
    codeGeneration: { strings: true, wasm: false },
    importModuleDynamically,
  });
  const { ask, load, allow } = host.bind(context);
  allow(modules);
  const timers = new Map();
  let lastTimer = 0;
  const run = bootstrap.runInContext(context, { displayErrors: false })(
    ask,
    load,
    (callback, ms) => {
      const id = ++lastTimer;
      timers.set(
        id,
        setTimeout(() => void callback(), ms),
      );
      return id;
    },
    (id) => clearTimeout(timers.get(id)),
    (line) => void lines.push(line),
  );
  // Only to prove that the tests see a leak when there is one.
  if (leak === true)
    vm.runInContext('(leaked) => { globalThis.leaked = leaked }', context)({ of: 'the host' });
  const started = performance.now();
  const { ok, error } = run(code);
  const ms = performance.now() - started;
  // A promise is the context's own: only its settled text is taken.
  // oxlint-disable-next-line no-await-in-loop -- one execution at a time, as in a runner
  const value = typeof ok === 'object' && ok !== null && typeof ok.then === 'function' ? await ok : ok;
  console.log(
    JSON.stringify(error === undefined ? { ok: value, ms, lines } : { error: JSON.parse(error), ms, lines }),
  );
}
