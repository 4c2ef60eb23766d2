/** What is used of an AbortSignal, which may be a package's own. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(event: string, listener: () => void, options?: object): void;
  removeEventListener(event: string, listener: () => void): void;
}
interface Request {
  destroy(error?: unknown): unknown;
  once(event: string, listener: () => void): unknown;
}

/** Destroys a request when the signal says so, until it is over. */
export function obey(request: Request, signal: Signal): void {
  const abort = (): void => {
    const error = new Error('The operation was aborted', { cause: signal.reason });
    request.destroy(Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' }));
  };
  if (signal.aborted) return void environment.timers.setImmediate(abort);
  signal.addEventListener('abort', abort, { once: true });
  request.once('close', () => signal.removeEventListener('abort', abort));
}
