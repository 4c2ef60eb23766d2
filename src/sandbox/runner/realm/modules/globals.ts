/**
 * Globals of Node that come from a builtin: which one, and under which name. The bootstrap defines them on the
 * global object, packages find them around them; either way each is made on first use, and is the same object
 * as `require` gives.
 */
export const BUILTIN_GLOBALS = {
  Buffer: ['buffer', 'Buffer'],
  atob: ['buffer', 'atob'],
  btoa: ['buffer', 'btoa'],
  URL: ['url', 'URL'],
  URLSearchParams: ['url', 'URLSearchParams'],
  TextEncoder: ['text-coding', 'TextEncoder'],
  TextDecoder: ['text-coding', 'TextDecoder'],
  crypto: ['webcrypto', 'crypto'],
  Crypto: ['webcrypto', 'Crypto'],
  CryptoKey: ['webcrypto', 'CryptoKey'],
  SubtleCrypto: ['webcrypto', 'SubtleCrypto'],
  AbortController: ['event-target', 'AbortController'],
  AbortSignal: ['event-target', 'AbortSignal'],
  CustomEvent: ['event-target', 'CustomEvent'],
  DOMException: ['event-target', 'DOMException'],
  Event: ['event-target', 'Event'],
  EventTarget: ['event-target', 'EventTarget'],
  performance: ['perf_hooks', 'performance'],
  setTimeout: ['timers', 'setTimeout'],
  setInterval: ['timers', 'setInterval'],
  setImmediate: ['timers', 'setImmediate'],
  clearTimeout: ['timers', 'clearTimeout'],
  clearInterval: ['timers', 'clearInterval'],
  clearImmediate: ['timers', 'clearImmediate'],
} as const satisfies Readonly<Record<string, readonly [builtin: string, key: string]>>;
