import { CRYPTO_FUNCTIONS } from './crypto-functions.js';
import { CRYPTO_OBJECT_OPERATIONS } from './crypto-objects.js';
import { type Operations, now } from './operation.js';
import { SUBTLE } from './subtle.js';
import { TEXT } from './text-functions.js';
import { ZLIB } from './zlib-operations.js';

/** Every operation that a context can call. */
export const OPERATIONS: Operations = {
  ...CRYPTO_FUNCTIONS,
  ...CRYPTO_OBJECT_OPERATIONS,
  ...SUBTLE,
  ...TEXT,
  ...ZLIB,
  /** Their names, which depend on the running Node. */
  operations: now(() => Object.keys(OPERATIONS)),
};
