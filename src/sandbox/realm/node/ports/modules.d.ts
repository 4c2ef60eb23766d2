/** The npm packages that builtins are made of; only what the wrappers touch is typed. */
type Exports = Record<string, unknown>;

declare module 'path-browserify' {
  const path: Exports;
  export default path;
}
declare module 'events/events.js' {
  const EventEmitter: Exports;
  export default EventEmitter;
}
declare module 'punycode/punycode.js' {
  const punycode: Exports;
  export default punycode;
}
declare module 'assert/build/assert.js' {
  const assert: Exports;
  export default assert;
}
declare module 'readable-stream/lib/stream.js' {
  const stream: Exports;
  export default stream;
}
declare module 'readable-stream/lib/ours/errors.js' {
  const errors: Exports;
  export default errors;
}
declare module 'node-inspect-extracted' {
  export const inspect: object & { readonly styles: Record<string, unknown> };
  export const format: object;
  export const formatWithOptions: object;
  export const stripVTControlCharacters: object;
}

/** Another builtin of the same context. */
declare const require: (name: string) => unknown;
/** What the context gives to builtins; a parameter of the function that a bundle is. */
declare const environment: import('../../loader/environment.js').BuiltinEnvironment;
declare module '@pkgjs/parseargs' {
  export const parseArgs: (config?: object) => object;
}
declare module 'web-streams-polyfill/dist/ponyfill.js' {
  export const TransformStream: new (transformer: object) => {
    readonly readable: unknown;
    readonly writable: unknown;
  };
}
