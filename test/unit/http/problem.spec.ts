import { HttpRefusal } from '../../../src/http/errors.js';
import { problemOf } from '../../../src/http/problem.js';
import { DuplexError, errorOf } from '../../../src/protocol/errors.js';
import { invalidScript, RUNTIME_ERRORS } from '../../../src/runtime/errors.js';

describe('problemOf', () => {
  it('says what the script threw, with its name, and the data as members', () => {
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

  it('does not end with a colon when there is no message', () => {
    expect(problemOf(new DuplexError(1000, 'five', { message: '', console: [] })).detail).toBe('five');
  });

  it('names each field of an invalid script', () => {
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

  it('has the sentence of the table and the data for the others', () => {
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

  it('gives a refusal its own status, and the code of what it is', () => {
    expect(problemOf(new HttpRefusal(413, 'Too long.'))).toMatchObject({
      status: 413,
      code: 1102,
      title: 'Invalid message',
      detail: 'Too long.',
    });
  });

  it.each([new Error('the vault is at 10.0.0.7'), 'text', undefined, null])(
    'tells nothing of %p',
    (error) => {
      const problem = problemOf(error);
      expect(problem).toMatchObject({ status: 500, code: 1203 });
      expect(JSON.stringify(problem)).not.toMatch(/vault|text/);
    },
  );
});
