import { ConnectionLostError, type JavascriptdError } from './errors.js';
import { BusyError, ShuttingDownError } from './reply-errors.js';
import { timerMs } from './timer.js';

const MIN_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 10_000;

/**
 * Exponential backoff with jitter: milliseconds before the next attempt, between half of the full delay and all of it.
 */
export function backoffMs(failedAttempts: number): number {
  const full = Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** Math.min(failedAttempts, 20));
  // Jitter: the clients of a server that went down must not all reconnect at the same moment.
  return full * (0.5 + Math.random() / 2);
}

/** Whether the service reported that nothing ran and that a later attempt may succeed: error 1200 or 1202. */
export function isRetryable(failure: JavascriptdError): failure is BusyError | ShuttingDownError {
  return failure instanceof BusyError || failure instanceof ShuttingDownError;
}

/** Retry policy of one request. */
export class Retry {
  #retriesLeft: number;
  #lostConnectionsLeft: number;
  #attempts = 0;

  /**
   * @param retries how many retries after 1200 or 1202
   * @param lostConnections how many retries after a lost connection; only safe for requests that run no script
   */
  constructor(retries: number, lostConnections = 0) {
    this.#retriesLeft = retries;
    this.#lostConnectionsLeft = lostConnections;
  }

  /**
   * Milliseconds before the next attempt: the backoff, but at least the service's `retryAfterMs`. `undefined` if the
   * request must not be sent again.
   */
  next(failure: JavascriptdError): number | undefined {
    if (isRetryable(failure) && this.#retriesLeft > 0) this.#retriesLeft -= 1;
    else if (failure instanceof ConnectionLostError && this.#lostConnectionsLeft > 0)
      this.#lostConnectionsLeft -= 1;
    else return undefined;
    const retryAfterMs = failure instanceof BusyError ? (failure.retryAfterMs ?? 0) : 0;
    const wait = Math.max(retryAfterMs, backoffMs(this.#attempts));
    this.#attempts += 1;
    return timerMs(wait);
  }
}
