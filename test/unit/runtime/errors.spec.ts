import { PROTOCOL_ERRORS } from '../../../src/protocol/errors.js';
import { hostErrorOf, RUNTIME_ERRORS } from '../../../src/runtime/errors.js';
import { RunnerStartError, SandboxBusyError, SandboxClosedError } from '../../../src/sandbox/errors.js';

describe('RUNTIME_ERRORS', () => {
  it('keeps the codes and messages that the README of the original promises', () => {
    expect(RUNTIME_ERRORS.threw).toMatchObject({ code: 1000, message: '$exception' });
    expect(RUNTIME_ERRORS.missing).toMatchObject({ code: 1001, message: 'Not implemented' });
    expect(RUNTIME_ERRORS.timedOut).toMatchObject({ code: 1002, message: 'Timeout' });
  });

  it('shares no code with the protocol, and uses each once', () => {
    const codes = [...Object.values(RUNTIME_ERRORS), ...Object.values(PROTOCOL_ERRORS)].map(
      ({ code }) => code,
    );
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe('hostErrorOf', () => {
  it.each([
    {
      error: new SandboxBusyError(7, 250),
      body: { code: 1200, message: 'Busy', data: { queued: 7, waitedMs: 250 } },
    },
    { error: new SandboxClosedError(), body: { code: 1202, message: 'Shutting down' } },
    {
      error: new RunnerStartError('ENOENT /secret/path/node'),
      body: { code: 1201, message: 'Sandbox failed' },
    },
  ])('answers $error.name', ({ error, body }) => {
    expect(hostErrorOf(error)?.toJSON()).toEqual(body);
  });

  it.each([{ error: new Error('bug') }, { error: 'text' }, { error: undefined }])(
    'leaves $error to the filter',
    ({ error }) => {
      expect(hostErrorOf(error)).toBeUndefined();
    },
  );
});
