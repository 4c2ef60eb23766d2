import { type CodedError, coded } from '../../boundary/coded-errors.js';
import { isObject } from '../kit/conversions.js';
import { wellFormed } from '../web/well-formed.js';

/** Conversions of Web IDL, https://webidl.spec.whatwg.org/, with the messages of Node's fetch. */

const WIDE = /[^\0-\u00FF]/;

/** Any value as a DOMString. @throws TypeError for a symbol */
export function domString(value: unknown): string {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return String(value);
}

/** Any value as a ByteString. @throws TypeError for a character beyond U+00FF */
export function byteString(value: unknown): string {
  const text = domString(value);
  const at = text.search(WIDE);
  if (at === -1) return text;
  throw new TypeError(
    `Cannot convert argument to a ByteString because the character at index ${at} has a value of ${text.charCodeAt(at)} which is greater than 255.`,
  );
}

/** Any value as a USVString. */
export function scalarText(value: unknown): string {
  return wellFormed(domString(value));
}

/** @throws TypeError for a value that is not a dictionary */
export function dictionary(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) return value as Record<string, unknown>;
  throw new TypeError(`Expected ${String(value)} to be one of: Null, Undefined, Object.`);
}

/** @throws TypeError if there are too few arguments */
export function needArguments(given: number, needed: number, where: string): void {
  if (given >= needed) return;
  throw new TypeError(
    `${where}: ${needed} argument${needed === 1 ? '' : 's'} required, but${given > 0 ? ' only' : ''} ${given} found.`,
  );
}

/** The error for a method that is called on an object of another class. */
export function illegalInvocation(): CodedError {
  return coded(new TypeError('Illegal invocation'), 'ERR_INVALID_THIS');
}

/** @throws TypeError for a value that is not in the enumeration */
export function oneOf(value: unknown, allowed: readonly string[], where: string): string {
  const text = domString(value);
  if (allowed.includes(text)) return text;
  throw new TypeError(`${where}: ${text} is not an accepted type. Expected one of ${allowed.join(', ')}.`);
}
