/** Node's builtins that scripts can be given; `*` of the allowlist covers them. Each is evaluated in-realm. */
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

/** Those that packages get a working one of, because many ask for it while they load. */
export const PACKAGE_BUILTINS = ['async_hooks', 'process', 'sys', 'tty'] as const;

/** Bundles with no name in Node: parts that several of the above share, and the console's `inspect`. */
export const INTERNAL_BUILTINS = [
  'blob',
  'deep-equal',
  'egress',
  'event-target',
  'fetch',
  'inspect',
  'native',
  'parse-args',
  'stream-consumers',
  'message-channel',
  'structured-clone',
  'text-coding',
  'web-streams',
  'webcrypto',
] as const;

/** Which bundle files there are; a subpath (`timers/promises`) is a property of its parent. */
export const BUNDLED_BUILTINS: ReadonlySet<string> = new Set(
  [...OFFERED_BUILTINS, ...PACKAGE_BUILTINS, ...INTERNAL_BUILTINS].filter((name) => !name.includes('/')),
);

/** Whether scripts can be given the builtin at all. */
export function isOffered(name: string): boolean {
  return OFFERED.has(name);
}
