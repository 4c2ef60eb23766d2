import { bytesOf } from '../../../../src/json-text/index.js';
import { HostCalls } from '../../../../src/sandbox/pool/host-calls.js';
import type { Settled } from '../../../../src/sandbox/boundary/messages.js';

const MAX_BYTES = 100_000;

interface Sent {
  readonly json: string;
  readonly flushed: () => void;
}

function callsOf(call: () => unknown): { readonly calls: HostCalls; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const calls = new HostCalls(['f'], MAX_BYTES, {
    call: async () => call(),
    send: (json, flushed) => sent.push({ json: bytesOf(json).toString(), flushed }),
    excess: () => undefined,
    waits: () => undefined,
  });
  return { calls, sent };
}

async function settled(calls: HostCalls, ...tickets: readonly number[]): Promise<void> {
  for (const ticket of tickets)
    expect(calls.take({ kind: 'called', ticket, name: 'f', args: [] })).toBe(true);
  await new Promise((resolve) => setImmediate(resolve));
}

const messages = (sent: readonly Sent[]): unknown[] =>
  sent.map(({ json }) => (JSON.parse(json) as Settled & { error?: { message: string } }).error?.message);

describe('results of host functions', () => {
  it('are bounded together, as long as the runner has not read them', async () => {
    const { calls, sent } = callsOf(() => 'x'.repeat(60_000));
    await settled(calls, 1, 2, 3, 4);
    const unread = 'too many bytes of host function results are unread';
    expect(messages(sent)).toEqual([undefined, undefined, unread, unread]);
    expect(sent.reduce((bytes, { json }) => bytes + json.length, 0)).toBeLessThan(MAX_BYTES + 70_000);
    for (const { flushed } of sent.splice(0)) flushed();
    await settled(calls, 5, 6);
    expect(messages(sent)).toEqual([undefined, undefined]);
  });

  it('fail one by one where one is too large, or cannot be JSON', async () => {
    const deep: unknown[] = [];
    for (let i = 0, at = deep; i < 100_000; i++) at.push((at = []));
    const results = ['x'.repeat(MAX_BYTES), deep, 'fine'];
    const { calls, sent } = callsOf(() => results.shift());
    await settled(calls, 1, 2, 3);
    const tooLarge = 'the host function’s result is too large';
    expect(messages(sent)).toEqual([tooLarge, tooLarge, undefined]);
  });

  it('are made JSON once only', async () => {
    let made = 0;
    const { calls, sent } = callsOf(() => ({ toJSON: () => ++made }));
    await settled(calls, 1);
    expect(sent.map(({ json }) => json)).toEqual(['{"ticket":1,"value":1}']);
  });
});
