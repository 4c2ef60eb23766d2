import inspect from 'node-inspect-extracted';

/** Node's own `inspect`, `format`, `formatWithOptions` and `stripVTControlCharacters`, for `util` and the console. */
export default inspect;
