import { invalidArgument } from '../../boundary/coded-errors.js';
import { CRYPTO_CALLBACK, CRYPTO_OPTIONAL_CALLBACK, CRYPTO_SYNC } from '../../boundary/node-functions.js';
import { defineReadOnly } from '../kit/define.js';
import { FAST } from './fast-functions.js';
import { native } from '../kit/native-calls.js';

type AnyFunction = (...args: unknown[]) => unknown;
type Callback = (...results: unknown[]) => void;

function withCallback(
  name: (typeof CRYPTO_CALLBACK | typeof CRYPTO_OPTIONAL_CALLBACK)[number],
  callback: Callback,
  args: readonly unknown[],
): void {
  native.start(
    (error, values) => {
      if (error !== null) callback(error);
      else callback(null, ...(values as unknown[]));
    },
    `crypto.later.${name}`,
    ...args,
  );
}

/** The functions of `node:crypto` that the running Node has. */
export function cryptoFunctions(): Record<string, AnyFunction> {
  const functions: Record<string, AnyFunction> = {};
  for (const name of CRYPTO_SYNC) {
    if (native.has(`crypto.${name}`))
      functions[name] =
        FAST[name] ??
        function (...args: unknown[]) {
          return native.call(`crypto.${name}`, ...args);
        };
  }
  for (const name of CRYPTO_CALLBACK) {
    if (!native.has(`crypto.later.${name}`)) continue;
    functions[name] = function (...args: unknown[]) {
      const callback = args.at(-1);
      if (typeof callback === 'function') return withCallback(name, callback as Callback, args.slice(0, -1));
      // Node checks the other arguments first.
      native.call(`crypto.${name}Sync`, ...args);
      throw invalidArgument('callback', 'of type function', undefined);
    };
  }
  for (const name of CRYPTO_OPTIONAL_CALLBACK) {
    if (!native.has(`crypto.${name}`)) continue;
    const fast = FAST[name];
    functions[name] = function (...args: unknown[]) {
      const callback = args.at(-1);
      if (typeof callback === 'function') return withCallback(name, callback as Callback, args.slice(0, -1));
      return fast === undefined ? native.call(`crypto.${name}`, ...args) : fast(...args);
    };
  }
  const { generateKeyPair } = functions;
  if (generateKeyPair !== undefined) promisedAs(generateKeyPair, ['publicKey', 'privateKey']);
  return functions;
}

/** Makes `util.promisify` return an object with these keys, as Node does for a callback with several values. */
function promisedAs(call: AnyFunction, names: readonly string[]): void {
  defineReadOnly(
    call,
    Symbol.for('nodejs.util.promisify.custom'),
    (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        call(...args, (error: unknown, ...values: unknown[]) => {
          if (error !== null) reject(error);
          else resolve(Object.fromEntries(names.map((name, index) => [name, values[index]])));
        });
      }),
  );
}
