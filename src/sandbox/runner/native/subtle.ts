import { webcrypto } from 'node:crypto';
import { type Operation, type Operations, named } from './operation.js';

/** Methods of `SubtleCrypto`, in the newest Node. */
const METHODS = [
  'decapsulateBits',
  'decapsulateKey',
  'decrypt',
  'deriveBits',
  'deriveKey',
  'digest',
  'encapsulateBits',
  'encapsulateKey',
  'encrypt',
  'exportKey',
  'generateKey',
  'getPublicKey',
  'importKey',
  'sign',
  'unwrapKey',
  'verify',
  'wrapKey',
];

/** Made when the runner starts: a script that is the first to ask for it could do so on a full stack. */
const { subtle } = webcrypto;

export const SUBTLE: Operations = named('subtle', METHODS, subtle, (method): Operation => ({
  kind: 'later',
  start(args, settle) {
    const promise = Reflect.apply(method, subtle, args) as Promise<unknown>;
    promise.then(
      (value) => settle({ value }),
      (error: unknown) => settle({ error }),
    );
  },
}));
