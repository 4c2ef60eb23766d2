/** The part of native calls that loads Node's `crypto` and `zlib`: bundled into a file of its own, which `node-host.ts` loads. */
export { decodeArguments } from './decode.js';
export { encodeValue } from './encode.js';
export { OPERATIONS } from './operations.js';
export { finishedObjects } from './finished-objects.js';
export { LENT_OPERATIONS } from './lent-operations.js';
