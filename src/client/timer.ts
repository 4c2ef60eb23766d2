/** `setTimeout` fires immediately for longer delays than this (about 24.8 days). */
const MAX_TIMER_MS = 2_147_483_647;

/** Clamps a delay to what `setTimeout` accepts: `Infinity` becomes the longest possible delay. */
export function timerMs(ms: number): number {
  return Math.min(ms, MAX_TIMER_MS);
}
