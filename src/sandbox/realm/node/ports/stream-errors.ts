import errors from 'readable-stream/lib/ours/errors.js';

/** The port calls one class of its errors without `new`; imported before the port, which takes it as it loads. */
const { codes } = errors as { readonly codes: Record<string, new () => Error> };
const MultipleCallback = codes['ERR_MULTIPLE_CALLBACK'] as new () => Error;
codes['ERR_MULTIPLE_CALLBACK'] = function ERR_MULTIPLE_CALLBACK() {
  return new MultipleCallback();
} as never;
