import { MARK } from './module-answer.js';

export interface CodedError extends Error {
  code?: string;
}

/** The error, with a code as Node's have. */
export function coded<E extends Error>(error: E, code: string): E & { code: string } {
  return Object.assign(error, { code });
}

/** For a call of something that the sandbox does not have. */
export function accessDenied(what: string): CodedError {
  return coded(new Error(`${what} is not available in this sandbox`), 'ERR_ACCESS_DENIED');
}

export function invalidArgument(name: string, expected: string, actual: unknown): CodedError {
  const subject = name.endsWith(' argument') ? `The ${name}` : `The "${name}" argument`;
  return coded(
    new TypeError(`${subject} must be ${expected}. Received ${received(actual)}`),
    'ERR_INVALID_ARG_TYPE',
  );
}

/** As Node says what it was given. */
function received(actual: unknown): string {
  if (actual === null || actual === undefined) return String(actual);
  if (typeof actual === 'function') return `function ${actual.name}`;
  if (typeof actual === 'string') return `type string ('${actual.slice(0, 25)}')`;
  // oxlint-disable-next-line typescript/no-base-to-string -- a primitive
  if (typeof actual !== 'object') return `type ${typeof actual} (${String(actual)})`;
  const { name } = (actual.constructor ?? {}) as { name?: unknown };
  return typeof name === 'string' && name !== '' ? `an instance of ${name}` : 'an object';
}

/** The error of an answer that is marked `absent`, `forbidden` or `broken`. */
export function refusal(answer: string): CodedError {
  const text = answer.slice(1);
  if (answer[0] === MARK.absent) return coded(new Error(text), 'MODULE_NOT_FOUND');
  if (answer[0] === MARK.forbidden) return coded(new Error(text), 'ERR_MODULE_NOT_ALLOWED');
  const end = text.indexOf('\n');
  const code = text.slice(0, end);
  const message = text.slice(end + 1);
  if (code === 'SyntaxError') return new SyntaxError(message);
  if (code === 'RangeError') return new RangeError(message);
  return coded(new Error(message), code);
}

/** As Node words it, for a module that awaits at its top level. */
export function requireAsync(key: string): CodedError {
  return coded(
    new Error(`require() cannot be used on an ESM graph with top-level await. Use import() instead: ${key}`),
    'ERR_REQUIRE_ASYNC_MODULE',
  );
}

/** What the script gets when a module it asked for cannot be loaded; the module's own error is the `cause`. */
export function loadFailed(id: string, cause: unknown): CodedError {
  let text: string;
  try {
    text = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  } catch {
    text = 'an error that cannot be read';
  }
  return coded(new Error(`Cannot load module '${id}': ${text}`, { cause }), 'ERR_MODULE_LOAD_FAILED');
}

/** For a request: the operator has opened no way out. */
export function egressOff(target: string): CodedError {
  return coded(
    new Error(`Egress is off: scripts reach no network here, so not ${target} either`),
    'ERR_EGRESS_OFF',
  );
}
