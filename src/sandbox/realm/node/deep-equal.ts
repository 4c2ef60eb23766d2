import { isDeepEqual, isDeepStrictEqual } from 'assert/build/internal/util/comparisons.js';

/** For `util`, which need not load all of `assert`, and for that. */
export default { isDeepEqual, isDeepStrictEqual };
