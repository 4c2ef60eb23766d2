/** Node's builtins that a script can load; `*` of the allowlist covers them. Each is evaluated in the context. */
export const OFFERED_BUILTINS = [
  'assert',
  'assert/strict',
  'buffer',
  'console',
  'constants',
  'crypto',
  'diagnostics_channel',
  'events',
  'http',
  'https',
  'os',
  'path',
  'path/posix',
  'path/win32',
  'perf_hooks',
  'punycode',
  'querystring',
  'stream',
  'stream/consumers',
  'stream/promises',
  'stream/web',
  'string_decoder',
  'timers',
  'timers/promises',
  'url',
  'util',
  'util/types',
  'zlib',
] as const;

const OFFERED: ReadonlySet<string> = new Set(OFFERED_BUILTINS);

/** Builtins that only packages get a working version of, because many load them. */
export const PACKAGE_BUILTINS = ['async_hooks', 'process', 'sys', 'tty'] as const;

/** Bundles without a name in Node: parts that several builtins share, and the console's `inspect`. */
export const INTERNAL_BUILTINS = [
  'blob',
  'console-class',
  'deep-equal',
  'egress',
  'event-target',
  'fetch',
  'fetch-extras',
  'form-data',
  'inspect',
  'native',
  'package-files',
  'parse-args',
  'stream-consumers',
  'message-channel',
  'structured-clone',
  'text-coding',
  'web-streams',
  'webcrypto',
] as const;

/** The builtins that have a bundle; a subpath (`timers/promises`) is a property of its parent. */
export const BUNDLED_BUILTINS: ReadonlySet<string> = new Set(
  [...OFFERED_BUILTINS, ...PACKAGE_BUILTINS, ...INTERNAL_BUILTINS].filter((name) => !name.includes('/')),
);

/** Whether a script can load the builtin at all. */
export function isOffered(name: string): boolean {
  return OFFERED.has(name);
}
