/**
 * The same promise, whose rejection is not reported as unhandled where nobody looks at it: a script of a stranger, or a
 * connection, that fails must not end the caller's process. Whoever awaits it gets the error.
 */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
