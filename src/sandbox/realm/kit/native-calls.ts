import { part } from './parts.js';

/** Calls Node's own functions, for builtins that cannot do without. Importing this file loads `node/native.ts`. */
export const native = part('native');
