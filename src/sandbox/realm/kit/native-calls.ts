import type { Makers } from './wire-decode.js';
import type { Written } from './wire-encode.js';

/** Calls of Node's own functions: `node/native.ts`. */
export const native = require('native') as {
  call(operation: string, ...args: unknown[]): unknown;
  start(done: (error: unknown, value?: unknown) => void, operation: string, ...args: unknown[]): void;
  track(object: object, handle: number): void;
  has(operation: string): boolean;
  readonly written: WeakMap<object, Written>;
  readonly makers: Partial<Makers>;
};
