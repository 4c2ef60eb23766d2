import { SandboxBusyError } from '../../../../src/sandbox/errors.js';
import { type LeaseRequest, WaitQueue } from '../../../../src/sandbox/pool/wait-queue.js';
import { FakeClock } from '../../../support/fake-clock.js';

const of = (tenant: string, singleUse = false): LeaseRequest => ({ tenant, singleUse });
const queueOf = (size = 100): WaitQueue<string> => new WaitQueue(size, 10_000);

/** Grants everything, and says in which order. */
async function served(queue: WaitQueue<string>, waits: Readonly<Record<string, Promise<unknown>>>) {
  const order: string[] = [];
  for (const [name, wait] of Object.entries(waits)) void wait.then(() => order.push(name)).catch(() => 0);
  while (queue.grant(() => 'a runner'));
  await Promise.allSettled(Object.values(waits));
  return order;
}

describe('the wait queue', () => {
  it('serves one tenant in the order of its asking', async () => {
    const queue = queueOf();
    const waits = { first: queue.wait(of('a')), second: queue.wait(of('a')), third: queue.wait(of('a')) };
    expect(await served(queue, waits)).toEqual(['first', 'second', 'third']);
    expect(queue.length).toBe(0);
  });

  it('serves tenants in turn, however many one of them has waiting', async () => {
    const queue = queueOf();
    const flood = Array.from({ length: 50 }, (_, i) => [`flood ${i}`, queue.wait(of('flooder'))] as const);
    const others = { b1: queue.wait(of('b')), c1: queue.wait(of('c')), b2: queue.wait(of('b')) };
    const order = await served(queue, { ...Object.fromEntries(flood), ...others });
    expect(order.slice(0, 6)).toEqual(['flood 0', 'b1', 'c1', 'flood 1', 'b2', 'flood 2']);
  });

  it('passes over those for whom there is nothing', async () => {
    const queue = queueOf();
    const waits = [queue.wait(of('a')), queue.wait(of('b', true)), queue.wait(of('b'))];
    expect(queue.grant(({ tenant, singleUse }) => (tenant === 'b' && !singleUse ? 'x' : undefined))).toBe(
      true,
    );
    expect(await waits[2]).toBe('x');
    expect(queue.grant(({ singleUse }) => (singleUse ? 'y' : undefined))).toBe(true);
    expect(await waits[1]).toBe('y');
    expect(queue.grant(() => undefined)).toBe(false);
    expect(queue.length).toBe(1);
    queue.grant(() => 'z');
    expect(await waits[0]).toBe('z');
  });

  it('counts as demand the requests that their tenants have room for', async () => {
    const queue = queueOf();
    const waits = [of('a'), of('a'), of('a'), of('b'), of('b')].map((request) => queue.wait(request));
    expect(queue.demand(false, () => Infinity)).toBe(5);
    expect(queue.demand(false, ({ tenant }) => (tenant === 'a' ? 1 : Infinity))).toBe(3);
    expect(queue.demand(false, () => 0)).toBe(0);
    while (queue.grant(() => 'x'));
    await Promise.all(waits);
  });

  it('turns away at once when full, saying how many wait', async () => {
    const queue = queueOf(1);
    const wait = queue.wait(of('a'));
    await expect(queue.wait(of('a'))).rejects.toMatchObject({
      name: 'SandboxBusyError',
      queued: 1,
      waitedMs: 0,
    });
    queue.grant(() => 'x');
    await expect(wait).resolves.toBe('x');
  });

  it('makes room for another tenant at the cost of the longest line when full', async () => {
    const queue = queueOf(3);
    const flood = [queue.wait(of('a')), queue.wait(of('a')), queue.wait(of('a'))];
    const other = queue.wait(of('b'));
    await expect(flood[2]).rejects.toBeInstanceOf(SandboxBusyError);
    // Two of a, one of b: neither of them is longer by more than the one that asks.
    await expect(queue.wait(of('b'))).rejects.toBeInstanceOf(SandboxBusyError);
    expect(await served(queue, { a1: flood[0] as Promise<unknown>, b: other })).toEqual(['a1', 'b']);
    await flood[1];
  });

  it('turns away after the timeout, saying how long it was', async () => {
    const clock = new FakeClock();
    const queue = new WaitQueue<string>(5, 20, clock);
    const error = queue.wait(of('a')).catch((reason: unknown) => reason);
    await clock.advance(19);
    expect(queue.length).toBe(1);
    await clock.advance(1);
    expect(await error).toMatchObject({ name: 'SandboxBusyError', queued: 0, waitedMs: 20 });
    expect(queue.length).toBe(0);
  });

  it('lets go of one that is cancelled, before or while it waits', async () => {
    const queue = queueOf();
    const cancel = new AbortController();
    const wait = queue.wait(of('a'), cancel.signal);
    cancel.abort();
    expect(await wait).toBeUndefined();
    expect(await queue.wait(of('a'), cancel.signal)).toBeUndefined();
    expect(queue.length).toBe(0);
  });
});
