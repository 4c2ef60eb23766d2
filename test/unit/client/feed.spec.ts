import { Feed } from '../../../src/client/feed.js';

describe('Feed', () => {
  it('gives what was there and what comes, in order, however much', async () => {
    const feed = new Feed<number>();
    const numbers = Array.from({ length: 5000 }, (_, index) => index);
    for (const number of numbers.slice(0, 3000)) feed.push(number);
    const taken: number[] = [];
    const loop = (async (): Promise<void> => {
      for await (const number of feed) taken.push(number);
    })();
    await new Promise((resolve) => setImmediate(resolve));
    for (const number of numbers.slice(3000)) feed.push(number);
    feed.end();
    await loop;
    expect(taken).toEqual(numbers);
  });

  it('throws its error once all is taken, and to one loop only', async () => {
    const feed = new Feed<number>();
    feed.push(1);
    feed.end(new Error('over'));
    const iterator = feed[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: 1 });
    await expect(iterator.next()).rejects.toThrow('over');
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it('leaves to a second loop what the first one left', async () => {
    const feed = new Feed<number>();
    for (const number of [1, 2, 3]) feed.push(number);
    feed.end();
    for await (const number of feed) {
      if (number === 2) break;
    }
    expect(await feed[Symbol.asyncIterator]().next()).toEqual({ done: false, value: 3 });
  });

  it('knows how much waits, and how much of it for a loop', async () => {
    let taken = 0;
    const feed = new Feed<string>(() => (taken += 1));
    feed.push('a', 5);
    feed.push('b', 7);
    expect([feed.held, feed.awaited]).toEqual([12, 0]);
    const loop = feed[Symbol.asyncIterator]();
    await loop.next();
    expect([feed.held, feed.awaited, taken]).toEqual([7, 7, 1]);
    await loop.return?.();
    expect([feed.held, feed.awaited, taken]).toEqual([7, 0, 2]);
    feed.drop();
    expect(feed.held).toBe(0);
    feed.end();
    expect(await feed[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
  });
});
