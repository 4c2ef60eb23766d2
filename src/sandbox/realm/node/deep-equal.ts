import { Comparison } from '../equality/deep-equal.js';

const isDeepEqual = (a: unknown, b: unknown): boolean => new Comparison(false).equal(a, b);
const isDeepStrictEqual = (a: unknown, b: unknown): boolean => new Comparison(true).equal(a, b);

/** For `util`, which need not load all of `assert`, and for that. */
export default { isDeepEqual, isDeepStrictEqual };
