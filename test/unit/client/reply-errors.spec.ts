import { errorOf, ReplyError } from '../../../src/client/reply-errors.js';
import { PROTOCOL_ERRORS } from '../../../src/protocol/errors.js';
import { RUNTIME_ERRORS } from '../../../src/runtime/errors.js';

const ALL = [...Object.values(PROTOCOL_ERRORS), ...Object.values(RUNTIME_ERRORS)];

describe('errorOf', () => {
  it.each(ALL)('returns a specific class for $code $message', ({ code, message }) => {
    const error = errorOf({ code, message });
    expect(error).toBeInstanceOf(ReplyError);
    expect(error.constructor).not.toBe(ReplyError);
    expect(error.code).toBe(code);
  });

  it.each([
    [1000, undefined, true],
    [1003, { limit: 'memory' }, true],
    [1003, { limit: 'code' }, false],
    [1100, undefined, false],
    [1101, undefined, false],
    [1200, undefined, false],
    [1201, { console: [] }, true],
    [1201, undefined, false],
    [1202, undefined, false],
    [1203, undefined, true],
  ])('sets for %i with data %j mayHaveRun to %s', (code, data, mayHaveRun) => {
    expect(errorOf({ code, message: 'x', data }).mayHaveRun).toBe(mayHaveRun);
  });

  it.each([[null], ['text'], [5], [[]], [{ console: 'x', fields: 5, limit: 7, stack: {}, line: 'x' }]])(
    'keeps unexpected data: %j',
    (data) => {
      for (const { code, message } of ALL) expect(errorOf({ code, message, data }).data).toBe(data);
    },
  );
});
