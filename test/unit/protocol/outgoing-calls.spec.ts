import { getEventListeners } from 'node:events';
import { JsonText } from '../../../src/json-text/index.js';
import { OutgoingCalls } from '../../../src/protocol/outgoing-calls.js';

const reply = (fields: object) =>
  ({ kind: 'reply', id: 1, payload: undefined, error: undefined, more: false, ...fields }) as const;

const text = (value: unknown): JsonText => new JsonText(Buffer.from(JSON.stringify(value)), 0);

describe('a call of the client', () => {
  it('keeps no long frame for a short result', async () => {
    const calls = new OutgoingCalls();
    const call = calls.begin(() => undefined);
    const frame = Buffer.alloc(1_000_000, '1');
    calls.settle(reply({ payload: new JsonText(frame.subarray(0, 9), 0) }));
    const payload = await call;
    expect(payload?.parse()).toBe(111_111_111);
    expect(payload?.part).toBe('111111111');
  });

  it('keeps of a long frame no more than twice its result', async () => {
    const calls = new OutgoingCalls();
    const call = calls.begin(() => undefined);
    const frame = Buffer.alloc(1_000_000, '1');
    calls.settle(reply({ payload: new JsonText(frame.subarray(0, 5000), 0) }));
    const payload = await call;
    expect(payload?.bytes.buffer.byteLength).toBe(5000);
  });

  it('gives what the final reply to its id says', async () => {
    const calls = new OutgoingCalls();
    const ids: number[] = [];
    const [first, second] = [calls.begin((id) => ids.push(id)), calls.begin((id) => ids.push(id))];
    expect(ids).toEqual([1, 2]);
    calls.settle(reply({ payload: text('part'), more: true }));
    calls.settle(reply({ id: 2, error: { code: 7, message: 'no', data: [1] } }));
    calls.settle(reply({ payload: text('whole') }));
    calls.settle(reply({ payload: text('again') }));
    expect((await first)?.parse()).toBe('whole');
    await expect(second).rejects.toMatchObject({ code: 7, message: 'no', data: [1] });
  });

  it('is forgotten when nobody waits for it, and its late reply ignored', async () => {
    const calls = new OutgoingCalls();
    const over = new AbortController();
    const call = calls.begin(() => undefined, over.signal);
    over.abort();
    await expect(call).rejects.toThrow('abandoned');
    expect(() => calls.settle(reply({ payload: text(1) }))).not.toThrow();
  });

  it('fails when the client is gone, before or while it waits', async () => {
    const calls = new OutgoingCalls();
    const call = calls.begin(() => undefined);
    calls.close();
    await expect(call).rejects.toThrow('disconnected');
    await expect(calls.begin(() => undefined)).rejects.toThrow('disconnected');
  });

  it.each([
    ['its reply', (calls: OutgoingCalls) => calls.settle(reply({ payload: text(1) }))],
    ['an error', (calls: OutgoingCalls) => calls.settle(reply({ error: { code: 1, message: 'no' } }))],
    ['the end of the connection', (calls: OutgoingCalls) => calls.close()],
  ])('leaves no listener behind after %s', async (_, end) => {
    const calls = new OutgoingCalls();
    const { signal } = new AbortController();
    const call = calls.begin(() => undefined, signal).catch(() => undefined);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    end(calls);
    await call;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('is not sent when nobody waits for it any more', async () => {
    const sent: number[] = [];
    const call = new OutgoingCalls().begin((id) => sent.push(id), AbortSignal.abort());
    await expect(call).rejects.toThrow('abandoned');
    expect(sent).toEqual([]);
  });

  it('fails with what sending it throws, and is forgotten', async () => {
    const calls = new OutgoingCalls();
    const { signal } = new AbortController();
    const call = calls.begin(() => {
      throw new Error('cannot be sent');
    }, signal);
    await expect(call).rejects.toThrow('cannot be sent');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(() => calls.settle(reply({ payload: text(1) }))).not.toThrow();
  });
});
