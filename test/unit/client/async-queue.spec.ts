import { AsyncQueue } from '../../../src/client/async-queue.js';

describe('AsyncQueue', () => {
  it('delivers buffered and later items in order, however many', async () => {
    const queue = new AsyncQueue<number>();
    const numbers = Array.from({ length: 5000 }, (_, index) => index);
    for (const number of numbers.slice(0, 3000)) queue.push(number);
    const taken: number[] = [];
    const loop = (async (): Promise<void> => {
      for await (const number of queue) taken.push(number);
    })();
    await new Promise((resolve) => setImmediate(resolve));
    for (const number of numbers.slice(3000)) queue.push(number);
    queue.end();
    await loop;
    expect(taken).toEqual(numbers);
  });

  it('throws its error after the last item, in one loop only', async () => {
    const queue = new AsyncQueue<number>();
    queue.push(1);
    queue.end(new Error('over'));
    const iterator = queue[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    await expect(iterator.next()).rejects.toThrow('over');
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('delivers the items that one loop left to the next loop', async () => {
    const queue = new AsyncQueue<number>();
    for (const number of [1, 2, 3]) queue.push(number);
    queue.end();
    for await (const number of queue) {
      if (number === 2) break;
    }
    expect(await queue[Symbol.asyncIterator]().next()).toEqual({ done: false, value: 3 });
  });

  it('reports the size of its unread items, and how much of it has an active loop', async () => {
    let reads = 0;
    const queue = new AsyncQueue<string>(() => (reads += 1));
    queue.push('a', 5);
    queue.push('b', 7);
    expect([queue.buffered, queue.bufferedForLoops]).toEqual([12, 0]);
    const loop = queue[Symbol.asyncIterator]();
    await loop.next();
    expect([queue.buffered, queue.bufferedForLoops, reads]).toEqual([7, 7, 1]);
    await loop.return?.();
    expect([queue.buffered, queue.bufferedForLoops, reads]).toEqual([7, 0, 2]);
    queue.clear();
    expect(queue.buffered).toBe(0);
    queue.end();
    expect(await queue[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
  });
});
