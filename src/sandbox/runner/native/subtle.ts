import { webcrypto } from 'node:crypto';
import { SUBTLE_METHODS } from '../../boundary/node-functions.js';
import { type Operation, type Operations, operationsOf } from './operation.js';

const METHODS = Object.keys(SUBTLE_METHODS) as (keyof typeof SUBTLE_METHODS)[];

/** Read when the runner starts: a script could be the first to read it, on a full stack. */
const { subtle } = webcrypto;

export const SUBTLE: Operations = operationsOf('subtle', METHODS, subtle, (method): Operation => ({
  kind: 'later',
  start(args, settle) {
    const promise = Reflect.apply(method, subtle, args) as Promise<unknown>;
    promise.then(
      (value) => settle({ value }),
      (error: unknown) => settle({ error }),
    );
  },
}));
