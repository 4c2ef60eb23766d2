import { isProbe, TurnQueue } from '../../../src/http/turn-queue.js';

const takeAll = (queue: TurnQueue<string>): string[] => {
  const taken: string[] = [];
  for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item);
  return taken;
};

describe('the queue of connections', () => {
  it('serves probes and others alternately, each in order', () => {
    const queue = new TurnQueue<string>();
    for (const name of ['a', 'b', 'c']) queue.add(name, false);
    for (const name of ['p', 'q']) queue.add(name, true);
    expect(queue.size).toBe(5);
    expect(takeAll(queue)).toEqual(['p', 'a', 'q', 'b', 'c']);
    expect(queue.size).toBe(0);
  });

  it('serves a probe next that comes behind thousands of others', () => {
    const queue = new TurnQueue<string>();
    for (let i = 0; i < 5000; i += 1) queue.add(`other ${i}`, false);
    queue.add('probe', true);
    expect([queue.take(), queue.take()]).toContain('probe');
  });

  it('gives others every second turn under a flood of probes', () => {
    const queue = new TurnQueue<string>();
    for (let i = 0; i < 5000; i += 1) queue.add(`probe ${i}`, true);
    queue.add('other', false);
    expect([queue.take(), queue.take()]).toContain('other');
  });

  it('has each connection once, in the lane of its next request', () => {
    const queue = new TurnQueue<string>();
    queue.add('a', false);
    queue.add('a', true);
    queue.add('a', true);
    expect(takeAll(queue)).toEqual(['a']);
  });

  it.each([
    ['/livez', true],
    ['/readyz?verbose', true],
    ['/livez HTTP/1', true],
    ['/livezz', false],
    ['/', false],
    ['/v1/livez', false],
  ])('takes %s for a probe: %s', (path, isOne) => {
    expect(isProbe(path)).toBe(isOne);
  });
});
