import { bytesOf } from '../../../../src/json-text/index.js';
import { parseExecute, type ScriptTexts } from '../../../../src/sandbox/boundary/messages.js';
import type { Execution } from '../../../../src/sandbox/execution.js';
import { executeFrame } from '../../../../src/sandbox/pool/execute-frame.js';
import { DEFAULT_SANDBOX_OPTIONS } from '../../../../src/sandbox/sandbox.options.js';

const noTexts = (): never => {
  throw new Error('no script is named');
};

const script = { code: 'a\nb', globals: { x: 'c\nd', é: [1, null] }, call: 'f', caller: undefined };

/** The frame of an execution, as the runner reads it. */
function sent(execution: Partial<Execution>, textsOf: (id: string) => ScriptTexts = noTexts) {
  const whole = { script, modules: ['lodash', '@x/*'], timeoutMs: 1, tenant: 't', ...execution };
  const frame = executeFrame(whole, DEFAULT_SANDBOX_OPTIONS, DEFAULT_SANDBOX_OPTIONS, undefined);
  if ('kind' in frame) throw new Error(frame.limit);
  return parseExecute(bytesOf(frame).toString(), textsOf);
}

describe('an execute frame', () => {
  it('carries the script as it is, and the globals as text that nobody on the way parses', () => {
    expect(sent({})).toEqual({
      code: 'a\nb',
      call: 'f',
      caller: undefined,
      modules: ['lodash', '@x/*'],
      globals: '{"x":"c\\nd","é":[1,null]}',
    });
  });

  it('names a prepared script, and has none of its texts', () => {
    const texts = { code: 'kept', language: undefined, caller: 'kept too' };
    expect(sent({ prepared: 'sha256:1' }, (id) => ({ ...texts, code: `${id} ${texts.code}` }))).toMatchObject(
      {
        script: 'sha256:1',
        code: 'sha256:1 kept',
        caller: 'kept too',
      },
    );
  });
});
