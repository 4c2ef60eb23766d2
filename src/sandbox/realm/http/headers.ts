import { invalidArgument } from '../../boundary/module-errors.js';

const TOKEN = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const INVALID_VALUE = /[^\t\u0020-\u007E\u0080-\u00FF]/;

/** @throws TypeError for what is no name of a header */
export function validateHeaderName(name: unknown, label = 'Header name'): asserts name is string {
  if (typeof name === 'string' && TOKEN.test(name)) return;
  throw Object.assign(new TypeError(`${label} must be a valid HTTP token ["${String(name)}"]`), {
    code: 'ERR_INVALID_HTTP_TOKEN',
  });
}

/** @throws TypeError for what is no value of a header */
export function validateHeaderValue(name: string, value: unknown): void {
  if (value === undefined) {
    throw Object.assign(new TypeError(`Invalid value "undefined" for header "${name}"`), {
      code: 'ERR_HTTP_INVALID_HEADER_VALUE',
    });
  }
  if (INVALID_VALUE.test(String(value))) {
    throw Object.assign(new TypeError(`Invalid character in header content ["${name}"]`), {
      code: 'ERR_INVALID_CHAR',
    });
  }
}

/** A listener or callback. */
export function checkCallback(callback: unknown): void {
  if (callback !== undefined && typeof callback !== 'function')
    throw invalidArgument('callback', 'of type function', callback);
}
