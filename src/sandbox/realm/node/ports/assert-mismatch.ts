import { part } from '../../kit/parts.js';
import { types } from './type-checks.js';

interface Failure extends Error {
  generatedMessage: boolean;
}
type FailureClass = new (options: object) => Failure;

/**
 * The error of `throws` and `rejects` for an error that is not the expected one.
 * @param returned what a function that validates the error has returned
 */
export function mismatch(
  AssertionError: FailureClass,
  actual: unknown,
  expected: RegExp | (new () => unknown),
  message: string | Error | undefined,
  stackStartFn: { readonly name: string },
  returned: unknown,
): Error {
  if (message instanceof Error) return message;
  const failure = new AssertionError({
    actual,
    expected,
    message: message || described(actual, expected, returned),
    operator: stackStartFn.name,
    stackStartFn,
  });
  failure.generatedMessage = !message;
  return failure;
}

function described(actual: unknown, expected: RegExp | (new () => unknown), returned: unknown): string {
  const { inspect } = part('inspect');
  if (typeof expected !== 'function')
    return `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(String(actual))}\n`;
  const error = isError(actual) ? actual : undefined;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) {
    const received = error === undefined ? inspect(actual, { depth: -1 }) : error.name;
    const details = error?.message ? `\n\nError message:\n\n${error.message}` : '';
    return `The error is expected to be an instance of "${expected.name}". Received "${received}"${details}`;
  }
  const name = expected.name === '' ? '' : `"${expected.name}" `;
  const caught = error === undefined ? '' : `\n\nCaught error:\n\n${String(error)}`;
  return `The ${name}validation function is expected to return "true". Received ${inspect(returned)}${caught}`;
}

const isError = (value: unknown): value is Error => types.isNativeError(value) || value instanceof Error;
