import type { OperationName } from '../../boundary/node-functions.js';
import { native } from './native-calls.js';
import type { Held } from './wire-decode.js';

/** Creates an object in the runner, which `owner` stands for. @returns its handle, valid until `owner` is collected */
export function openHandle(owner: object, operation: OperationName, ...args: unknown[]): number {
  const { handle } = native.call(operation, ...args) as Held;
  native.track(owner, handle);
  return handle;
}
