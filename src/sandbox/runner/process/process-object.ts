import process from 'node:process';
import type { Writable } from 'node:stream';
import { accessDenied, coded } from '../../boundary/coded-errors.js';
import { builtin as nodes } from './builtin.js';

export const ADDONS_OFF = 'native add-ons are disabled; the setting SANDBOX_ADDONS enables them';

interface Reduction {
  /** Hears that a package asked for a native add-on, where it may have none; absent where it may. */
  readonly refuseAddon: (() => void) | undefined;
  /** A builtin that the script may have; undefined for every other. */
  readonly builtin: (name: string) => unknown;
  /** The script's own. */
  readonly require: (id: string) => unknown;
  /** Takes each line that is written to standard output or error. */
  readonly write: (line: string) => void;
}

/**
 * Makes of Node's `process` what a script and its packages may have: it ends nothing, its output is the script's console,
 * and it gives no builtin that the allowlist does not.
 */
export function reduceProcess({ refuseAddon, builtin, require, write }: Reduction): void {
  for (const name of ['exit', 'reallyExit', 'abort', 'kill', '_kill', 'chdir'] as const)
    put(name, refused(name));
  if (refuseAddon !== undefined)
    put('dlopen', () => {
      refuseAddon();
      throw coded(new Error(ADDONS_OFF), 'ERR_DLOPEN_DISABLED');
    });
  put('getBuiltinModule', (id: unknown) =>
    typeof id === 'string' ? builtin(id.replace(/^node:/, '')) : undefined,
  );
  // Node's is this program's, whose `require` asks nobody.
  put('mainModule', { id: '.', path: '/', filename: '/script.js', exports: {}, loaded: true, require });
  keepListeners();
  put('argv', ['node']);
  put('execArgv', []);
  for (const name of ['stdout', 'stderr'] as const) {
    let made: Writable | undefined;
    Object.defineProperty(process, name, {
      configurable: true,
      enumerable: true,
      get: () => (made ??= lines(write)),
    });
  }
}

function put(name: string, value: unknown): void {
  Object.defineProperty(process, name, { value, writable: true, configurable: true, enumerable: true });
}

/** Some packages take all listeners away; the runner's answer for the errors that nobody caught. */
function keepListeners(): void {
  const kept = ['uncaughtException', 'unhandledRejection'].map(
    (name) => [name, process.listeners(name as 'exit')] as const,
  );
  const removeAll = process.removeAllListeners.bind(process);
  put('removeAllListeners', (...names: string[]) => {
    Reflect.apply(removeAll, undefined, names);
    for (const [name, listeners] of kept)
      for (const listener of listeners) {
        process.off(name, listener);
        process.prependListener(name as 'exit', listener);
      }
    return process;
  });
}

function refused(name: string): () => never {
  return () => {
    throw accessDenied(`process.${name}`);
  };
}

/** Whole lines only: a line's beginning waits for its end. */
function lines(write: (line: string) => void): Writable {
  let begun = '';
  return new (nodes('node:stream').Writable)({
    decodeStrings: false,
    write(chunk: unknown, _encoding, done) {
      const texts = (begun + String(chunk)).split('\n');
      begun = texts.pop() ?? '';
      for (const text of texts) write(text);
      done();
    },
  });
}
