import { HttpError } from '../../../src/http/errors.js';
import { problemOf } from '../../../src/http/problem.js';
import { DuplexError, errorOf } from '../../../src/protocol/errors.js';
import { invalidScript, RUNTIME_ERRORS } from '../../../src/runtime/errors.js';

describe('problemOf', () => {
  it('returns the name and message of a thrown error, and its data as extension members', () => {
    const data = { message: 'too small', stack: 's', console: ['a'], line: 1, column: 2 };
    expect(problemOf(new DuplexError(1000, 'RangeError', data))).toEqual({
      type: 'urn:javascriptd:error:1000',
      title: 'Script threw',
      status: 422,
      detail: 'RangeError: too small',
      code: 1000,
      name: 'RangeError',
      ...data,
    });
  });

  it('omits the colon if the thrown error has no message', () => {
    expect(problemOf(new DuplexError(1000, 'five', { message: '', console: [] })).detail).toBe('five');
  });

  it('lists each invalid field of a script', () => {
    const fields = [
      { field: 'code', problem: 'must be text' },
      { field: 'caller', problem: 'must be a function' },
    ];
    expect(problemOf(invalidScript(fields))).toMatchObject({
      status: 400,
      detail: 'code must be text; caller must be a function',
      fields,
    });
  });

  it('returns the default detail and the data of other errors', () => {
    expect(problemOf(errorOf(RUNTIME_ERRORS.busy, { queued: 3, waitedMs: 12 }))).toEqual({
      type: 'urn:javascriptd:error:1200',
      title: 'Busy',
      status: 503,
      detail: 'No runner became free. Nothing ran.',
      code: 1200,
      queued: 3,
      waitedMs: 12,
    });
  });

  it('returns the status and the code of an HttpError', () => {
    expect(problemOf(new HttpError(413, 'Too long.'))).toMatchObject({
      status: 413,
      code: 1102,
      title: 'Invalid message',
      detail: 'Too long.',
    });
  });

  it.each([new Error('the vault is at 10.0.0.7'), 'text', undefined, null])(
    'hides the details of %p',
    (error) => {
      const problem = problemOf(error);
      expect(problem).toMatchObject({ status: 500, code: 1203 });
      expect(JSON.stringify(problem)).not.toMatch(/vault|text/);
    },
  );
});
