import { scanJson } from '../../../../src/json-text/index.js';
import {
  parseLongValue,
  parseRunnerMessage,
  parseShortValue,
  valueBytes,
  type RunnerMessage,
} from '../../../../src/sandbox/pool/runner-message.js';
import { Frame } from '../../../../src/sandbox/boundary/frames.js';
import { FROM_RUNNER } from '../../../../src/sandbox/boundary/messages.js';

const {
  returned,
  threw,
  exhausted,
  console: line,
  consoleCut,
  yielded,
  called,
  missing,
  unanswered,
} = FROM_RUNNER;
const LIMITS = { maxResultBytes: 20, maxDepth: 3, maxConsoleLines: 1, maxConsoleBytes: 1 };

/** As `RunnerPipe` reads a frame. */
function messageOf(kind: number, text: string | Buffer): RunnerMessage | undefined {
  const frame = new Frame(kind, Buffer.from(text));
  const value = valueBytes(frame);
  return value === undefined ? parseRunnerMessage(frame, LIMITS) : parseShortValue(frame, value, LIMITS);
}

/** As it is read where its value is long. */
function longMessageOf(kind: number, text: string): RunnerMessage | undefined {
  const frame = new Frame(kind, Buffer.from(text));
  return parseLongValue(frame, scanJson(valueBytes(frame) ?? Buffer.alloc(0)), LIMITS);
}

describe('a message from the runner', () => {
  it.each([
    ['a value', returned, '{"a":[1]}', { kind: 'returned', value: { a: [1] } }],
    [
      'a thrown error',
      threw,
      '{"name":"E","message":"m"}',
      { kind: 'threw', thrown: { name: 'E', message: 'm' } },
    ],
    [
      'a place in the text',
      threw,
      '{"name":"E","message":"m","stack":"s","line":3,"column":4}',
      { kind: 'threw', thrown: { name: 'E', message: 'm', stack: 's', line: 3, column: 4 } },
    ],
    [
      'nothing beside the fields that it knows',
      threw,
      '{"name":"E","message":"m","stack":5,"line":-1,"column":"2","code":1,"__proto__":{"x":1}}',
      { kind: 'threw', thrown: { name: 'E', message: 'm' } },
    ],
    ['a limit', exhausted, 'result', { kind: 'exhausted', limit: 'result' }],
    ['another limit', exhausted, 'depth', { kind: 'exhausted', limit: 'depth' }],
    ['a line of console', line, '4no', { kind: 'console', level: 'error', text: 'no' }],
    ['a yielded value', yielded, '[1]', { kind: 'yielded', value: [1] }],
    [
      'a call of the host',
      called,
      '7\ndb.find\n[1]',
      { kind: 'called', ticket: 7, name: 'db.find', args: [1] },
    ],
    ['the end of the console', consoleCut, '', { kind: 'consoleCut' }],
    ['no function to call', missing, '["a","b"]', { kind: 'missing', functions: ['a', 'b'] }],
    ['a call without an answer', unanswered, 'caller', { kind: 'unanswered', by: 'caller' }],
  ])('is read: %s', (_, kind, text, message) => {
    expect(messageOf(kind, text)).toEqual(message);
  });

  it.each([
    ['an unknown kind', 99, ''],
    ['kind zero', 0, ''],
    ['a value that is no JSON', returned, '{"a":'],
    ['a value with more behind it', returned, '1,"error":{}'],
    ['an empty value', returned, ''],
    ['a value of two lines, which could end an event of a stream', returned, '[1,\n2]'],
    ['a thrown error that is no JSON', threw, 'x'],
    ['a thrown error that is no object', threw, '5'],
    ['a thrown error that is null', threw, 'null'],
    ['a thrown error without a name', threw, '{"message":"m"}'],
    ['a thrown error whose name is no text', threw, '{"name":{},"message":"m"}'],
    ['a thrown error without a message', threw, '{"name":"E"}'],
    ['a line of no level', line, 'xno'],
    ['a line of an unknown level', line, '9no'],
    ['an empty line without a level', line, ''],
    ['a yielded value that is no JSON', yielded, '['],
    ['a yielded value that is too long', yielded, '"0123456789012345678"'],
    ['a call without a ticket', called, '\nf\n[]'],
    ['a call with a ticket that is no number', called, '1e3\nf\n[]'],
    ['a call of no name', called, '1\n\n[]'],
    ['a call of a name with other characters', called, '1\nf()\n[]'],
    ['a call whose arguments are no list', called, '1\nf\n{}'],
    ['a call whose arguments are too long', called, `1\nf\n["${'x'.repeat(30)}"]`],
    ['names of functions that are no list', missing, '{}'],
    ['a name of a function that is no text', missing, '["a",5]'],
    ['too many names of functions', missing, JSON.stringify(Array.from({ length: 21 }, () => 'a'))],
    ['a name of a function that is too long', missing, `["${'a'.repeat(101)}"]`],
    ['an unknown reason why nothing was answered', unanswered, 'asleep'],
    ['an unknown limit', exhausted, 'all'],
    ['a limit that only the gateway finds passed', exhausted, 'memory'],
    ['a value longer than a runner of ours sends', returned, '"0123456789012345678"'],
    ['a value longer in bytes than in characters', returned, '"éééééééééé"'],
    ['a value deeper than a runner of ours sends', returned, '[[[[]]]]'],
    ['a value that is no UTF-8', returned, Buffer.from([0x22, 0xff, 0x22])],
  ])('is refused: %s', (_, kind, text) => {
    expect(messageOf(kind, text)).toBeUndefined();
  });

  it.each([
    ['a value that is no JSON', returned, '{"a":'],
    ['an empty value', returned, ''],
    ['a value of two lines', returned, '[1,\n2]'],
    ['a yielded value that is too long', yielded, '"0123456789012345678"'],
    ['a call of no name', called, '1\n\n[]'],
    ['a call whose arguments are no list', called, '1\nf\n{}'],
    ['a value deeper than a runner of ours sends', returned, '[[[[]]]]'],
  ])('is refused where it is long: %s', (_, kind, text) => {
    expect(longMessageOf(kind, text)).toBeUndefined();
  });

  it('keeps a long value as the text that it is', () => {
    expect(longMessageOf(returned, '{"a":[1]}')).toMatchObject({ kind: 'returned', value: { depth: 2 } });
    expect(longMessageOf(called, '7\ndb.find\n[1]')).toMatchObject({
      kind: 'called',
      ticket: 7,
      name: 'db.find',
      args: { isArray: true },
    });
  });
});
