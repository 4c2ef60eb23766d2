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
});
