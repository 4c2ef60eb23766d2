// What makes a script of a payload, in whatever realm a peer gives it: globals, console, timers, require, one answer.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../peers/package.json', import.meta.url));

/**
 * An expression: a function of the payload's globals as JSON text and of three functions of the host's. It
 * furnishes the realm, and gives `fire(id)`, which the host calls when a timer is due, and `call(callee)`.
 */
export const HARNESS = `(function (globals, answered, later, packages) {
  const lines = [];
  const timers = new Map();
  let done = false;
  const answer = (body) => {
    if (done) return;
    done = true;
    answered(body);
  };
  const returned = (value) =>
    answer('"payload":' + JSON.stringify({ value: value === undefined ? null : value, console: lines, time: 0 }));
  const threw = (error) =>
    answer('"error":' + JSON.stringify({ code: 1000, message: String(error && error.name), data: { console: lines } }));
  const guarded = (run) => {
    try {
      return run();
    } catch (error) {
      threw(error);
    }
  };
  Object.assign(globalThis, JSON.parse(globals), {
    console: { log: (...parts) => void lines.push(parts.map(String).join(' ')) },
    setTimeout(callback, ms = 0) {
      const id = timers.size + 1;
      timers.set(id, callback);
      later(id, ms);
      return id;
    },
    require: (name) => packages(name),
  });
  return {
    fire: (id) => guarded(timers.get(id)),
    call: (callee) => guarded(() => callee(returned)),
  };
})`;

/** Scripts that require something; others need not be given it. */
export const requires = ({ code }) => code.includes('require(');

/** Where the realm is Node's own, it has Node's own packages. */
export const hostPackages = (name) => require(name);

/** Where it is not, a script that defines \`lodash(module, exports)\`: the package's own file in a function. */
export function packageScript() {
  const source = readFileSync(require.resolve('lodash'), 'utf8');
  return `globalThis.benchPackages = { lodash(module, exports) {\n${source}\n} };`;
}

/** What finds it there: the argument \`packages\` of the harness. */
export const PACKAGES = `(name) => {
  const module = { exports: {} };
  globalThis.benchPackages[name].call(module.exports, module, module.exports);
  return module.exports;
}`;
