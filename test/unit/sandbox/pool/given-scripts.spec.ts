import { bytesOf, type TextParts } from '../../../../src/json-text/index.js';
import { MOST_CONTEXTS, TO_RUNNER } from '../../../../src/sandbox/boundary/messages.js';
import { GivenScripts } from '../../../../src/sandbox/pool/given-scripts.js';

const KINDS = Object.fromEntries(Object.entries(TO_RUNNER).map(([name, kind]) => [kind, name]));
const EXECUTE: TextParts = ['{}\n{}'];

/** A runner, and the frames that it was sent: the kind, and the JSON of those with texts. */
function runner() {
  const frames: { readonly kind: string | undefined; readonly json: unknown }[] = [];
  const send = (kind: number, text: string | TextParts): void => {
    const json = typeof text === 'string' ? text : bytesOf(text).toString();
    frames.push({ kind: KINDS[kind], json: json === EXECUTE[0] ? undefined : JSON.parse(json) });
  };
  return { frames, scripts: new GivenScripts(), pipe: { send } };
}

const prepared = (script: string, code = 'f') => ({ script, code, language: undefined, caller: undefined });
const call = (id: string) => ({ prepared: prepared(id), reuse: true, frame: EXECUTE });

describe('a prepared script', () => {
  it('crosses the pipe once: to be compiled, under its id', () => {
    const { frames, scripts, pipe } = runner();
    const script = prepared('id', 'code');
    scripts.send({ prepared: script, frame: { compiles: script } }, pipe);
    scripts.send({ prepared: script, frame: EXECUTE }, pipe);
    scripts.send({ prepared: script, frame: EXECUTE }, pipe);
    expect(frames).toEqual([
      { kind: 'compile', json: { script: 'id', code: 'code', forget: [] } },
      { kind: 'execute', json: undefined },
      { kind: 'execute', json: undefined },
    ]);
  });

  it('is given before its first execution to a runner that has not compiled it', () => {
    const { frames, scripts, pipe } = runner();
    for (let i = 0; i < 2; i++) scripts.send({ prepared: prepared('id'), frame: EXECUTE }, pipe);
    expect(frames.map(({ kind }) => kind)).toEqual(['keep', 'execute', 'execute']);
    expect(frames[0]?.json).toEqual({ script: 'id', code: 'f', forget: [] });
  });

  it('is not kept where nobody has named it', () => {
    const { frames, scripts, pipe } = runner();
    scripts.send({ frame: { compiles: { code: 'f', caller: undefined } } }, pipe);
    expect(frames).toEqual([{ kind: 'compile', json: { code: 'f' } }]);
  });

  it('is taken back when others need its place', () => {
    const { frames, scripts, pipe } = runner();
    const large = 'x'.repeat(5 * 2 ** 20);
    for (const id of ['a', 'b']) scripts.send({ prepared: prepared(id, large), frame: EXECUTE }, pipe);
    expect(frames[2]).toMatchObject({ kind: 'keep', json: { script: 'b', forget: ['a'] } });
  });

  it('has a context once a call has returned, until others are used later', () => {
    const { scripts } = runner();
    scripts.returned(call('first'));
    expect(scripts.isKept(call('first'))).toBe(true);
    for (let i = 0; i < MOST_CONTEXTS; i++) scripts.returned(call(`${i}`));
    expect([scripts.hasContext('first'), scripts.hasContext('0')]).toEqual([false, true]);
  });
});
