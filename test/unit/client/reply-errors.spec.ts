import { fileURLToPath } from 'node:url';
import { errorOf, ReplyError } from '../../../src/client/reply-errors.js';
import { PROTOCOL_ERRORS } from '../../../src/protocol/errors.js';
import { RUNTIME_ERRORS } from '../../../src/runtime/errors.js';
import { Page } from '../../support/markdown.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const ALL = [...Object.values(PROTOCOL_ERRORS), ...Object.values(RUNTIME_ERRORS)];

/** The codes in a cell such as `1000` or `1101 to 1103`; none in `others`. */
function codesIn(cell: string): readonly number[] {
  const [first, last = first] = (cell.match(/\d{4}/g) ?? []).map(Number);
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

describe('errorOf', () => {
  it.each(ALL)('makes $code $message the class of its catalogue entry', ({ code, message, clientClass }) => {
    const error = errorOf({ code, message });
    expect(error).toBeInstanceOf(ReplyError);
    expect(error.constructor.name).toBe(clientClass);
    expect(error.code).toBe(code);
  });

  it('makes an unknown code a plain ReplyError', () => {
    expect(errorOf({ code: 1999, message: 'x' }).constructor).toBe(ReplyError);
  });

  it('lists in docs/client.md the codes of each class as in the catalogue', () => {
    const listed = new Page(ROOT, 'docs/client.md')
      .table('Errors')
      .flatMap(([name = '', codes = '']) =>
        codesIn(codes).map((code) => `${code} ${name.replaceAll('`', '')}`),
      );
    expect(listed.toSorted()).toEqual(
      ALL.map(({ code, clientClass }) => `${code} ${clientClass}`).toSorted(),
    );
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
