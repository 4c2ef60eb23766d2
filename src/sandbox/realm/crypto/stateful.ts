import { native } from '../kit/native-calls.js';
import type { Held } from '../kit/wire-decode.js';

/** Has Node make an object with state, which the given one stands for, and gives its handle. */
export function hold(owner: object, operation: string, ...args: unknown[]): number {
  const { handle } = native.call(operation, ...args) as Held;
  native.track(owner, handle);
  return handle;
}

/** Node's error for an object that is used at the wrong time. */
export function finalized(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

type Callback = (error?: unknown) => void;

/** `_transform` and its kin report what an action throws to their callback. */
export function settle(callback: Callback, action: () => void): void {
  try {
    action();
  } catch (error) {
    return callback(error);
  }
  callback();
}
