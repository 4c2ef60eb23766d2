import { CRYPTO_FUNCTIONS } from './crypto-functions.js';
import { CRYPTO_OBJECTS } from './crypto-objects.js';
import { type Operations, now } from './operation.js';
import { SUBTLE } from './subtle.js';
import { TEXT } from './text-functions.js';
import { ZLIB } from './zlib-operations.js';

/** All that a context can call of Node's own. */
export const OPERATIONS: Operations = {
  ...CRYPTO_FUNCTIONS,
  ...CRYPTO_OBJECTS,
  ...SUBTLE,
  ...TEXT,
  ...ZLIB,
  /** Which there are: it depends on the Node. */
  operations: now(() => Object.keys(OPERATIONS)),
};
