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
  'hkdfSync',
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
  'hkdf',
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
  'crypto.constants': now(() => crypto.constants),
};

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
