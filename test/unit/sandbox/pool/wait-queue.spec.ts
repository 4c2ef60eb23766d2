import { SandboxBusyError } from '../../../../src/sandbox/errors.js';
import { WaitQueue } from '../../../../src/sandbox/pool/wait-queue.js';

describe('the wait queue', () => {
  it('grants to the one that has waited longest for the tenant', async () => {
    const queue = new WaitQueue<string>(10, 10_000);
    const waits = [queue.wait('a'), queue.wait('b'), queue.wait('a')];
    queue.grant('a', 'first');
    queue.grant('a', 'second');
    queue.grant('b', 'third');
    expect(await Promise.all(waits)).toEqual(['first', 'third', 'second']);
    expect(queue.length).toBe(0);
  });

  it('names the tenant that has waited longest, of those that fit', () => {
    const queue = new WaitQueue<string>(10, 10_000);
    void queue.wait('a').catch(() => undefined);
    void queue.wait('b').catch(() => undefined);
    expect(queue.first(() => true)).toBe('a');
    expect(queue.first((tenant) => tenant === 'b')).toBe('b');
    expect(queue.first(() => false)).toBeUndefined();
    queue.rejectAll(new Error('over'));
  });

  it('turns away at once when full, saying how many wait', async () => {
    const queue = new WaitQueue<string>(1, 10_000);
    const wait = queue.wait('a');
    await expect(queue.wait('a')).rejects.toMatchObject({ name: 'SandboxBusyError', queued: 1, waitedMs: 0 });
    queue.grant('a', 'x');
    await expect(wait).resolves.toBe('x');
  });

  it('turns away after the timeout, saying how long it was', async () => {
    const queue = new WaitQueue<string>(5, 20);
    const error: unknown = await queue.wait('a').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SandboxBusyError);
    expect((error as SandboxBusyError).waitedMs).toBeGreaterThanOrEqual(15);
    expect(queue.length).toBe(0);
  });

  it('lets go of one that is cancelled, before or while it waits', async () => {
    const queue = new WaitQueue<string>(5, 10_000);
    const cancel = new AbortController();
    const wait = queue.wait('a', cancel.signal);
    cancel.abort();
    expect(await wait).toBeUndefined();
    expect(await queue.wait('a', cancel.signal)).toBeUndefined();
    expect(queue.length).toBe(0);
  });
});
