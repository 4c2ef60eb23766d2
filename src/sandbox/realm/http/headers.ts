import { coded, invalidArgument } from '../../boundary/coded-errors.js';

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const INVALID_VALUE = /[^\t\u0020-\u007E\u0080-\u00FF]/;

/** @throws TypeError for an invalid header name */
export function validateHeaderName(name: unknown, label = 'Header name'): asserts name is string {
  if (typeof name === 'string' && TOKEN.test(name)) return;
  throw coded(
    new TypeError(`${label} must be a valid HTTP token ["${String(name)}"]`),
    'ERR_INVALID_HTTP_TOKEN',
  );
}

/** @throws TypeError for an invalid header value */
export function validateHeaderValue(name: string, value: unknown): void {
  if (value === undefined) {
    throw coded(
      new TypeError(`Invalid value "undefined" for header "${name}"`),
      'ERR_HTTP_INVALID_HEADER_VALUE',
    );
  }
  if (INVALID_VALUE.test(String(value))) {
    throw coded(new TypeError(`Invalid character in header content ["${name}"]`), 'ERR_INVALID_CHAR');
  }
}

/** @throws TypeError for a callback that is not a function */
export function checkCallback(callback: unknown): void {
  if (callback !== undefined && typeof callback !== 'function')
    throw invalidArgument('callback', 'of type function', callback);
}
