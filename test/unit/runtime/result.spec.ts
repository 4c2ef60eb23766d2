import { DuplexError } from '../../../src/protocol/errors.js';
import { resultOf } from '../../../src/runtime/result.js';
import type { Outcome } from '../../../src/sandbox/execution.js';

const console = ['one', 'two'];
const returned = (value: unknown, timeMs = 4): Outcome => ({ kind: 'returned', value, timeMs, console });

/** The error as clients get it: after JSON. */
function wireErrorOf(outcome: Outcome): unknown {
  try {
    resultOf(outcome);
  } catch (error) {
    if (error instanceof DuplexError) return JSON.parse(JSON.stringify(error));
    throw error;
  }
  throw new Error('the outcome was a result');
}

describe('resultOf', () => {
  it.each([0, false, '', null, 'text', 1.5, [], { a: [1] }])('keeps the value %j', (value) => {
    expect(resultOf(returned(value))).toEqual({ value, console, time: 4 });
  });

  it('answers null for no value, so that the key is always there', () => {
    expect(JSON.parse(JSON.stringify(resultOf(returned(undefined))))).toEqual({
      value: null,
      console,
      time: 4,
    });
  });

  it.each([
    [0, 0],
    [0.2, 0],
    [4.6, 5],
    [2999.999, 3000],
  ])('tells %d ms as the whole number %d', (timeMs, time) => {
    expect(resultOf(returned(1, timeMs)).time).toBe(time);
  });

  const thrown = { name: 'TypeError', message: 'x is not a function' };
  it.each<[string, Outcome, unknown]>([
    [
      'an error with its place',
      {
        kind: 'threw',
        thrown: { ...thrown, stack: 'TypeError: x\n    at f (script.js:2:3)', line: 2, column: 3 },
        console,
      },
      {
        code: 1000,
        message: 'TypeError',
        data: {
          message: 'x is not a function',
          stack: 'TypeError: x\n    at f (script.js:2:3)',
          console,
          line: 2,
          column: 3,
        },
      },
    ],
    [
      'a thrown primitive, which has no stack',
      { kind: 'threw', thrown: { name: '42', message: '42' }, console: [] },
      { code: 1000, message: '42', data: { message: '42', console: [] } },
    ],
    [
      'an error named ""',
      { kind: 'threw', thrown: { name: '', message: '' }, console: [] },
      { code: 1000, message: 'Error', data: { message: '', console: [] } },
    ],
    [
      'a missing function',
      { kind: 'missing', functions: ['f'], console },
      {
        code: 1001,
        message: 'Not implemented',
        data: { functions: ['f'], hint: 'no `call` given and no default export; the script has `f`' },
      },
    ],
    [
      'a timeout',
      { kind: 'timedOut', limit: 'cpu', console },
      { code: 1002, message: 'Timeout', data: { limit: 'cpu', console } },
    ],
    [
      'an exhausted limit',
      { kind: 'exhausted', limit: 'memory', console },
      { code: 1003, message: 'Limit exceeded', data: { limit: 'memory', console } },
    ],
    [
      'a cancelled call',
      { kind: 'cancelled', console },
      { code: 1004, message: 'Cancelled', data: { console } },
    ],
    [
      'a dead runner',
      { kind: 'died', console },
      { code: 1201, message: 'Sandbox failed', data: { console } },
    ],
  ])('answers %s', (_, outcome, error) => {
    expect(wireErrorOf(outcome)).toEqual(error);
  });

  it('makes no result of an outcome that it does not know', () => {
    const outcome: Outcome = JSON.parse('{"kind":"exploded","console":[]}');
    expect(() => resultOf(outcome)).toThrow('unknown outcome exploded');
  });
});
