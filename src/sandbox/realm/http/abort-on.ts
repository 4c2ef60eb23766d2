import { abortError } from '../kit/errors.js';

/** The part of an AbortSignal that is used here; it may be a package's own. */
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

/** Destroys a request when the signal aborts, until the request has ended. */
export function abortOn(signal: Signal, request: Request): void {
  const abort = (): void => void request.destroy(abortError(signal.reason));
  if (signal.aborted) return void environment.timers.setImmediate(abort);
  signal.addEventListener('abort', abort, { once: true });
  request.once('close', () => signal.removeEventListener('abort', abort));
}
