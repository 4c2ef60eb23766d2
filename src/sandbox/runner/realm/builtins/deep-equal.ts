import { isDeepStrictEqual } from 'assert/build/internal/util/comparisons.js';

/** For `util`, which need not load all of `assert`. */
export default { isDeepStrictEqual };
