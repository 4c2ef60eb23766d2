import crypto from 'node:crypto';
import { outOfRange } from '../../boundary/coded-errors.js';
import {
  CRYPTO_CALLBACK,
  CRYPTO_OPTIONAL_CALLBACK,
  CRYPTO_SYNC,
  SPKAC_FUNCTIONS,
} from '../../boundary/node-functions.js';
import { functionShapes } from './function-shapes.js';
import { type AnyFunction, type Operation, type Operations, direct, now, operationsOf } from './operation.js';

/** Functions of `node:crypto` that take and return data and keys. None reaches a file or changes Node. */
export const CRYPTO_FUNCTIONS: Operations = {
  ...operationsOf('crypto', [...CRYPTO_SYNC, ...CRYPTO_OPTIONAL_CALLBACK], crypto, (call, name) =>
    name === 'hkdfSync' ? now((args) => call(...withLength(args))) : direct(call),
  ),
  ...operationsOf('crypto.later', [...CRYPTO_CALLBACK, ...CRYPTO_OPTIONAL_CALLBACK], crypto, (call, name) =>
    withCallback(name === 'hkdf' ? (...args) => call(...withLength(args)) : call),
  ),
  ...operationsOf('crypto.certificate', SPKAC_FUNCTIONS, crypto.Certificate, direct),
  'crypto.constants': now(() => crypto.constants),
  'crypto.shape': now(() => ({
    functions: functionShapes(crypto),
    certificate: Object.getOwnPropertyNames(crypto.X509Certificate.prototype),
    key: Object.getOwnPropertyNames(crypto.KeyObject.prototype),
  })),
};

/** For a larger length an assertion of Node's own ends the process. */
const MAX_LENGTH = 2 ** 31 - 1;

function withLength(args: readonly unknown[]): readonly unknown[] {
  const [, , , , length] = args;
  if (typeof length !== 'number' || length <= MAX_LENGTH) return args;
  throw outOfRange('length', `>= 0 && <= ${MAX_LENGTH}`, length);
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
