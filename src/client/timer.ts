/** `setTimeout` fires at once past this, about 24.8 days. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Milliseconds that `setTimeout` takes: `Infinity` becomes the longest possible wait. */
export function timerMs(ms: number): number {
  return Math.min(ms, LONGEST_TIMER_MS);
}
