/** What the promise, iterator or other object of a {@link Reveal} is, beside its parts. */
export const SLOTS = { none: 0, pending: 1, fulfilled: 2, rejected: 3, list: 4, pairs: 5, proxy: 6 } as const;

/**
 * Reads what only V8 sees: the result of a promise, the target and the handler of a proxy, the rest of a Map or Set
 * iterator, the entries of a weak collection. No code of a script runs meanwhile.
 * @param take gets each part, an object of the realm or a primitive: for pairs, key and value in turn
 * @returns one of {@link SLOTS}
 */
export type Reveal = (value: object, take: (part: unknown) => void) => number;
