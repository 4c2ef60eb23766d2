import { backoffMs } from './backoff.js';
import { ConnectionLostError, type JavascriptdError } from './errors.js';
import { BusyError, ShuttingDownError } from './reply-errors.js';
import { timerMs } from './timer.js';

/** Whether the service says that nothing ran and a later attempt may succeed: 1200 or 1202. */
export function mayAskAgain(failure: JavascriptdError): failure is BusyError | ShuttingDownError {
  return failure instanceof BusyError || failure instanceof ShuttingDownError;
}

/** The one rule by which a request is sent again; each request has its own. */
export class Retry {
  #left: number;
  #lostLeft: number;
  #tried = 0;

  /**
   * @param times how often after 1200 or 1202
   * @param lostTimes how often after the connection broke; more than 0 only where nothing of a script runs
   */
  constructor(times: number, lostTimes = 0) {
    this.#left = times;
    this.#lostLeft = lostTimes;
  }

  /**
   * Milliseconds to wait before the next attempt: the backoff, and never less than the service's `retryAfterMs`.
   * `undefined` when the request must not be sent again.
   */
  next(failure: JavascriptdError): number | undefined {
    if (mayAskAgain(failure) && this.#left > 0) this.#left -= 1;
    else if (failure instanceof ConnectionLostError && this.#lostLeft > 0) this.#lostLeft -= 1;
    else return undefined;
    const told = failure instanceof BusyError ? (failure.retryAfterMs ?? 0) : 0;
    const wait = Math.max(told, backoffMs(this.#tried));
    this.#tried += 1;
    return timerMs(wait);
  }
}
