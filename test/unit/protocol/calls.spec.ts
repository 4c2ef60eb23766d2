import { getEventListeners } from 'node:events';
import { Calls } from '../../../src/protocol/calls.js';

const reply = (fields: object) =>
  ({ kind: 'reply', id: 1, payload: undefined, error: undefined, more: false, ...fields }) as const;

describe('a call of the client', () => {
  it('gives what the final reply to its id says', async () => {
    const calls = new Calls();
    const ids: number[] = [];
    const [first, second] = [calls.begin((id) => ids.push(id)), calls.begin((id) => ids.push(id))];
    expect(ids).toEqual([1, 2]);
    calls.settle(reply({ payload: 'part', more: true }));
    calls.settle(reply({ id: 2, error: { code: 7, message: 'no', data: [1] } }));
    calls.settle(reply({ payload: 'whole' }));
    calls.settle(reply({ payload: 'again' }));
    expect(await first).toBe('whole');
    await expect(second).rejects.toMatchObject({ code: 7, message: 'no', data: [1] });
  });

  it('is forgotten when nobody waits for it, and its late reply ignored', async () => {
    const calls = new Calls();
    const over = new AbortController();
    const call = calls.begin(() => undefined, over.signal);
    over.abort();
    await expect(call).rejects.toThrow('nobody waits');
    expect(() => calls.settle(reply({ payload: 1 }))).not.toThrow();
  });

  it('fails when the client is gone, before or while it waits', async () => {
    const calls = new Calls();
    const call = calls.begin(() => undefined);
    calls.close();
    await expect(call).rejects.toThrow('gone');
    await expect(calls.begin(() => undefined)).rejects.toThrow('gone');
  });

  it.each([
    ['its reply', (calls: Calls) => calls.settle(reply({ payload: 1 }))],
    ['an error', (calls: Calls) => calls.settle(reply({ error: { code: 1, message: 'no' } }))],
    ['the end of the connection', (calls: Calls) => calls.close()],
  ])('leaves no listener behind after %s', async (_, end) => {
    const calls = new Calls();
    const { signal } = new AbortController();
    const call = calls.begin(() => undefined, signal).catch(() => undefined);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    end(calls);
    await call;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('is not sent when nobody waits for it any more', async () => {
    const sent: number[] = [];
    const call = new Calls().begin((id) => sent.push(id), AbortSignal.abort());
    await expect(call).rejects.toThrow('nobody waits');
    expect(sent).toEqual([]);
  });

  it('fails with what sending it throws, and is forgotten', async () => {
    const calls = new Calls();
    const { signal } = new AbortController();
    const call = calls.begin(() => {
      throw new Error('cannot be sent');
    }, signal);
    await expect(call).rejects.toThrow('cannot be sent');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(() => calls.settle(reply({ payload: 1 }))).not.toThrow();
  });
});
