/**
 * What has ended without an answer, which only a callback can give then: the function returned; the promise that it returned
 * resolved to undefined; the client's caller returned.
 */
export const UNANSWERED = ['returned', 'resolved', 'caller'] as const;
export type Unanswered = (typeof UNANSWERED)[number];

/** Most names of functions that go with a `missing`, and most characters of each. */
export const MAX_FUNCTION_NAMES = 20;
export const MAX_FUNCTION_NAME = 100;

/** Loads of packages that a runner reports in one execution. */
export const MAX_LOADS = 100;
