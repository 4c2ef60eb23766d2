import type { EgressFailure } from './egress/egress-types.js';
import { MARK } from './loader-protocol.js';

export interface CodedError extends Error {
  code?: string;
}

/** Codes of the errors for modules that a script cannot have. */
export const MODULE_CODES = {
  absent: 'MODULE_NOT_FOUND',
  forbidden: 'ERR_MODULE_NOT_ALLOWED',
  broken: 'ERR_MODULE_LOAD_FAILED',
} as const;

/** Codes of the errors of requests that the runner refuses; the gateway has the same ones, and more. */
export const EGRESS_CODES = {
  off: 'ERR_EGRESS_OFF',
  refused: 'ERR_EGRESS_REFUSED',
  invalid: 'ERR_EGRESS_INVALID_REQUEST',
} as const;

/** Gives an error a `code`, as Node's errors have one: an ordinary own property. */
export function coded<E extends Error>(error: E, code: string): E & { code: string } {
  return Object.assign(error, { code });
}

/** The error for a function that the sandbox does not offer. */
export function accessDenied(what: string): CodedError {
  return coded(new Error(`${what} is not available in this sandbox`), 'ERR_ACCESS_DENIED');
}

/** Node's error for an argument of the wrong type. */
export function invalidArgument(name: string, expected: string, actual: unknown): CodedError {
  const kind = name.includes('.') ? 'property' : 'argument';
  const subject = name.endsWith(' argument') ? `The ${name}` : `The "${name}" ${kind}`;
  return coded(
    new TypeError(`${subject} must be ${expected}. Received ${received(actual)}`),
    'ERR_INVALID_ARG_TYPE',
  );
}

/** Node's error for a number that is too large or too small. */
export function outOfRange(name: string, range: string, actual: unknown): CodedError {
  return coded(
    new RangeError(`The value of "${name}" is out of range. It must be ${range}. Received ${String(actual)}`),
    'ERR_OUT_OF_RANGE',
  );
}

/** Names a value as Node's messages do. */
function received(actual: unknown): string {
  switch (typeof actual) {
    case 'function':
      return `function ${actual.name}`;
    case 'string':
      return `type string ('${actual.slice(0, 25)}')`;
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'symbol':
      return `type ${typeof actual} (${String(actual)})`;
    case 'object': {
      if (actual === null) return 'null';
      const { name } = (actual.constructor ?? {}) as { name?: unknown };
      return typeof name === 'string' && name !== '' ? `an instance of ${name}` : 'an object';
    }
    default:
      return 'undefined';
  }
}

/** The error for a loader reply that is marked `absent`, `forbidden` or `broken`. */
export function refusal(reply: string): CodedError {
  const text = reply.slice(1);
  if (reply[0] === MARK.absent) return coded(new Error(text), MODULE_CODES.absent);
  if (reply[0] === MARK.forbidden) return coded(new Error(text), MODULE_CODES.forbidden);
  const end = text.indexOf('\n');
  const code = text.slice(0, end);
  const message = text.slice(end + 1);
  if (code === 'SyntaxError') return new SyntaxError(message);
  if (code === 'RangeError') return new RangeError(message);
  return coded(new Error(message), code);
}

/** Node's error for a required module that awaits at its top level. */
export function requireAsync(key: string): CodedError {
  return coded(
    new Error(`require() cannot be used on an ESM graph with top-level await. Use import() instead: ${key}`),
    'ERR_REQUIRE_ASYNC_MODULE',
  );
}

/** The error for a module that fails to load; the module's own error is the `cause`. */
export function loadFailed(id: string, cause: unknown): CodedError {
  let text: string;
  try {
    text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  } catch {
    text = 'an error that cannot be read';
  }
  return coded(new Error(`Cannot load module '${id}': ${text}`, { cause }), MODULE_CODES.broken);
}

/** The error for a request where the operator has not enabled egress. */
export function egressOff(target: string): CodedError {
  return coded(
    new Error(`Egress is off: scripts have no network access (requested: ${target})`),
    EGRESS_CODES.off,
  );
}

/** The error for a request that the gateway reports as failed. */
export function egressFailed({ code, message }: EgressFailure): CodedError {
  return coded(new Error(message), code);
}

/**
 * Adds the reason to the message of a failed `fetch`. Node's message is only "fetch failed"; a script that the operator
 * refuses an address should read why.
 */
export function withEgressReason(error: unknown): unknown {
  if (!(error instanceof TypeError)) return error;
  const { code, message } = (error.cause ?? {}) as { readonly code?: unknown; readonly message?: string };
  if (typeof code === 'string' && code.startsWith('ERR_EGRESS_'))
    error.message = `${error.message}: ${message ?? code}`;
  return error;
}
