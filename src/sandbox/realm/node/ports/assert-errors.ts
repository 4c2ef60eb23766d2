import { coded, invalidArgument } from '../../../boundary/coded-errors.js';
import { missingArguments } from '../../kit/errors.js';
import { part } from '../../kit/parts.js';

/** The errors of the port of `assert`, as this realm's other builtins throw them. Each is called with `new`. */

const CLASSES = /^[A-Z]/;

/** "of type function", "an instance of RegExp" or both, as Node lists what it expects. */
function expectation(expected: string | readonly string[]): string {
  const names = [expected].flat();
  const types = names.filter((name) => name === 'Function' || name === 'Object' || !CLASSES.test(name));
  const classes = names.filter((name) => !types.includes(name));
  return [
    ...(types.length > 0 ? [`of type ${types.map((name) => name.toLowerCase()).join(' or ')}`] : []),
    ...(classes.length > 0 ? [`an instance of ${listed(classes)}`] : []),
  ].join(' or ');
}

function listed(names: readonly string[]): string {
  if (names.length < 3) return names.join(' or ');
  return `${names.slice(0, -1).join(', ')}, or ${names.at(-1)}`;
}

export const codes = {
  ERR_AMBIGUOUS_ARGUMENT: function (name: string, reason: string): Error {
    return coded(new TypeError(`The "${name}" argument is ambiguous. ${reason}`), 'ERR_AMBIGUOUS_ARGUMENT');
  },
  ERR_INVALID_ARG_TYPE: function (name: string, expected: string | readonly string[], value: unknown): Error {
    return invalidArgument(name, expectation(expected), value);
  },
  ERR_INVALID_ARG_VALUE: function (name: string, value: unknown, reason: string): Error {
    const text = part('inspect').inspect(value);
    return coded(
      new TypeError(`The argument '${name}' ${reason}. Received ${text}`),
      'ERR_INVALID_ARG_VALUE',
    );
  },
  ERR_INVALID_RETURN_VALUE: function (expected: string, name: string, value: unknown): Error {
    const received =
      typeof value === 'object' && value !== null
        ? `an instance of ${value.constructor.name}`
        : `type ${typeof value}`;
    return coded(
      new TypeError(
        `Expected ${expected} to be returned from the "${name}" function but got ${value === undefined ? 'undefined' : received}.`,
      ),
      'ERR_INVALID_RETURN_VALUE',
    );
  },
  ERR_MISSING_ARGS: function (...names: readonly string[]): Error {
    return missingArguments(...names);
  },
};
