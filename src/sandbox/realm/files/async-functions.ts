import { invalidArgument } from '../../boundary/coded-errors.js';
import { named } from '../kit/define.js';
import { setImmediate } from './builtins.js';
import type { SyncFunctions } from './sync-functions.js';

type Call = (...args: unknown[]) => unknown;

/** The functions that Node has in three forms: `statSync(…)`, `stat(…, callback)`, `promises.stat(…)`. */
const NAMES = ['access', 'lstat', 'readFile', 'readdir', 'realpath', 'stat'] as const;

/** Makes Node's functions with a callback, and those that return a promise, of the synchronous ones. */
export function asyncFunctions(sync: SyncFunctions) {
  const callbacks: Record<string, Call> = {};
  const promises: Record<string, Call> = {};
  for (const name of NAMES) {
    const call: Call = sync[`${name}Sync`];
    callbacks[name] = named(name, (...args) => {
      const callback = args.pop();
      if (typeof callback !== 'function') throw invalidArgument('cb', 'of type function', callback);
      later(() => call(...args), callback as Call);
    });
    promises[name] = named(name, async (...args) => call(...args));
  }
  callbacks['exists'] = named('exists', (path, callback) => {
    setImmediate(() => (callback as Call)(sync.existsSync(path)));
  });
  callbacks['realpath'] = Object.assign(callbacks['realpath'] as Call, { native: callbacks['realpath'] });
  return { callbacks, promises };
}

/** Runs a function now, and tells the callback in a later turn: what the callback throws is an uncaught error, as in Node. */
function later(run: () => unknown, callback: Call): void {
  let args: unknown[];
  try {
    args = [null, run()];
  } catch (error) {
    args = [error];
  }
  setImmediate(() => callback(...args));
}
