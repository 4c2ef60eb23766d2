/** A timer of a {@link Clock}. */
export interface Timer {
  /** Lets the process end while the timer is pending. */
  unref(): unknown;
}

/** The time that timeouts, rates and shares are measured by. Tests give a clock that they advance themselves. */
export interface Clock {
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number;
  readonly setTimeout: (callback: () => void, ms: number) => Timer;
  readonly setInterval: (callback: () => void, ms: number) => Timer;
  /** Stops a timeout or an interval. */
  readonly clear: (timer: Timer | undefined) => void;
}

/** Node's own functions, without a call of ours around them. */
export const SYSTEM_CLOCK: Clock = {
  now: performance.now.bind(performance),
  setTimeout,
  setInterval,
  clear: clearTimeout as Clock['clear'],
};
