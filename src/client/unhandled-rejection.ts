/**
 * Returns the same promise, marked as handled. A stranger's script or a lost connection must not end the caller's
 * process with an unhandled rejection. Whoever awaits the promise still gets the error.
 */
export function ignoreUnhandled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
