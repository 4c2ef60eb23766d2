import { type CodedError, coded } from '../../boundary/coded-errors.js';
import { part } from './parts.js';

/** Errors of Node and of the web that several builtins throw, with their texts and codes. */

/** The error of a class that only the realm itself can construct. */
export function illegalConstructor(): CodedError {
  return coded(new TypeError('Illegal constructor'), 'ERR_ILLEGAL_CONSTRUCTOR');
}

/** The error for arguments that are required and absent. */
export function missingArguments(...names: readonly string[]): CodedError {
  const quoted = names.map((name) => `"${name}"`).join(' and ');
  return coded(
    new TypeError(`The ${quoted} argument${names.length === 1 ? '' : 's'} must be specified`),
    'ERR_MISSING_ARGS',
  );
}

/** The error for a method that is called on an object of another class. */
export function invalidThis(expected: string): CodedError {
  return coded(new TypeError(`Value of "this" must be of type ${expected}`), 'ERR_INVALID_THIS');
}

/** The error for bytes that are not text in the encoding. */
export function invalidEncodedData(encoding: string): CodedError {
  return coded(
    new TypeError(`The encoded data was not valid for encoding ${encoding}`),
    'ERR_ENCODING_INVALID_ENCODED_DATA',
  );
}

/** The error for the name of an encoding that does not exist. */
export function unknownEncoding(encoding: unknown): CodedError {
  return coded(new TypeError(`Unknown encoding: ${String(encoding)}`), 'ERR_UNKNOWN_ENCODING');
}

/** Node's error for an operation that a signal has aborted; the signal's reason is the `cause`. */
export function abortError(cause: unknown): Error {
  return Object.assign(new Error('The operation was aborted', { cause }), {
    name: 'AbortError',
    code: 'ABORT_ERR',
  });
}

/** The web's error, for builtins that cannot import its class: all of a context share one. */
export function domException(message: string, name: string): Error {
  return new (part('event-target').DOMException)(message, name);
}
