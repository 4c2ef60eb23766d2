import * as crypto from 'node:crypto';
import { type AnyFunction, type Operation, type Operations, direct, named, now } from './operation.js';

/** Functions of `node:crypto` that take data and keys, and give some. None reaches files, or changes Node. */
const FUNCTIONS = [
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
  'pbkdf2Sync',
  'privateDecrypt',
  'privateEncrypt',
  'publicDecrypt',
  'publicEncrypt',
  'randomBytes',
  'randomInt',
  'randomUUID',
  'randomUUIDv7',
  'scryptSync',
  'sign',
  'timingSafeEqual',
  'verify',
];

/** Those that take a callback last, which is ours. */
const CALLBACK_FUNCTIONS = [
  'argon2',
  'checkPrime',
  'decapsulate',
  'diffieHellman',
  'encapsulate',
  'generateKey',
  'generateKeyPair',
  'generatePrime',
  'pbkdf2',
  'randomBytes',
  'randomInt',
  'scrypt',
  'sign',
  'verify',
];

export const CRYPTO_FUNCTIONS: Operations = {
  ...named('crypto', FUNCTIONS, crypto, direct),
  ...named('crypto.later', CALLBACK_FUNCTIONS, crypto, withCallback),
  ...named(
    'crypto.certificate',
    ['exportChallenge', 'exportPublicKey', 'verifySpkac'],
    crypto.Certificate,
    direct,
  ),
  ...named('crypto', ['hkdfSync'], crypto, (call) => now((args) => call(...withLength(args)))),
  ...named('crypto.later', ['hkdf'], crypto, (call) => withCallback((...args) => call(...withLength(args)))),
  'crypto.constants': now(() => crypto.constants),
};

/** For a length beyond it Node ends the process, by an assertion of its own. */
const MAX_LENGTH = 2 ** 31 - 1;

function withLength(args: readonly unknown[]): readonly unknown[] {
  const [, , , , length] = args;
  if (typeof length !== 'number' || length <= MAX_LENGTH) return args;
  const message = `The value of "length" is out of range. It must be >= 0 && <= ${MAX_LENGTH}. Received ${length}`;
  throw Object.assign(new RangeError(message), { code: 'ERR_OUT_OF_RANGE' });
}

function withCallback(call: AnyFunction): Operation {
  return {
    kind: 'later',
    start(args, settle) {
      call(...args, (error: unknown, ...values: unknown[]) => {
        if (error !== null && error !== undefined) settle({ error });
        else settle({ value: values });
      });
    },
  };
}
