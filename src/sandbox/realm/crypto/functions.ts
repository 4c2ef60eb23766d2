import { native } from '../kit/native-calls.js';
import { invalidArgument } from '../../boundary/module-errors.js';

type AnyFunction = (...args: unknown[]) => unknown;
type Callback = (...results: unknown[]) => void;

/** Functions that Node answers at once. */
const DIRECT = [
  'argon2Sync',
  'checkPrimeSync',
  'createPrivateKey',
  'createPublicKey',
  'createSecretKey',
  'decapsulate',
  'diffieHellman',
  'encapsulate',
  'generateKeyPairSync',
  'generateKeySync',
  'generatePrimeSync',
  'getCipherInfo',
  'getCiphers',
  'getCurves',
  'getHashes',
  'hash',
  'hkdfSync',
  'pbkdf2Sync',
  'privateDecrypt',
  'privateEncrypt',
  'publicDecrypt',
  'publicEncrypt',
  'randomUUID',
  'randomUUIDv7',
  'scryptSync',
  'timingSafeEqual',
];
/** Those that take a callback, and must. */
const LATER = [
  'argon2',
  'checkPrime',
  'generateKey',
  'generateKeyPair',
  'generatePrime',
  'hkdf',
  'pbkdf2',
  'scrypt',
];
/** Those that take one where it is given. */
const EITHER = ['decapsulate', 'diffieHellman', 'encapsulate', 'randomBytes', 'randomInt', 'sign', 'verify'];

function later(name: string, callback: Callback, args: readonly unknown[]): void {
  native.start(
    (error, values) => {
      if (error !== null) callback(error);
      else callback(null, ...(values as unknown[]));
    },
    `crypto.later.${name}`,
    ...args,
  );
}

function named(name: string, call: AnyFunction): AnyFunction {
  return Object.defineProperty(call, 'name', { value: name, configurable: true });
}

/** The plain functions of `node:crypto`, of those that this Node has. */
export function cryptoFunctions(): Record<string, AnyFunction> {
  const functions: Record<string, AnyFunction> = {};
  for (const name of DIRECT) {
    if (native.has(`crypto.${name}`))
      functions[name] = named(name, (...args) => native.call(`crypto.${name}`, ...args));
  }
  for (const name of LATER) {
    if (!native.has(`crypto.later.${name}`)) continue;
    functions[name] = named(name, (...args) => {
      const callback = args.at(-1);
      if (typeof callback === 'function') return later(name, callback as Callback, args.slice(0, -1));
      // What Node says of the other arguments comes first.
      native.call(`crypto.${name}Sync`, ...args);
      throw invalidArgument('callback', 'of type function', undefined);
    });
  }
  for (const name of EITHER) {
    if (!native.has(`crypto.${name}`)) continue;
    functions[name] = named(name, (...args) => {
      const callback = args.at(-1);
      if (typeof callback === 'function') return later(name, callback as Callback, args.slice(0, -1));
      return native.call(`crypto.${name}`, ...args);
    });
  }
  const { generateKeyPair } = functions;
  if (generateKeyPair !== undefined) promisedAs(generateKeyPair, ['publicKey', 'privateKey']);
  return functions;
}

/** Has `util.promisify` give an object with these names, as Node does where a callback gets several values. */
function promisedAs(call: AnyFunction, names: readonly string[]): void {
  Object.defineProperty(call, Symbol.for('nodejs.util.promisify.custom'), {
    value: (...args: unknown[]) =>
      new Promise((resolve, reject) => {
        call(...args, (error: unknown, ...values: unknown[]) => {
          if (error !== null) reject(error);
          else resolve(Object.fromEntries(names.map((name, index) => [name, values[index]])));
        });
      }),
    configurable: true,
  });
}
