const FIRST_MS = 100;
const LONGEST_MS = 10_000;

/** Milliseconds to wait before the attempt after so many failed ones: twice as long each time, give or take half. */
export function backoffMs(failed: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failed, 20));
  // Clients that lost the same server do not come back in one moment.
  return whole * (0.5 + Math.random() / 2);
}
