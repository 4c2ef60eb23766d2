import { jest } from '@jest/globals';
import { Backlog, type Consumer } from '../../../src/client/backlog.js';

class Held implements Consumer {
  held = 0;
  isRead = true;
  dropped = false;

  get awaited(): number {
    return this.isRead ? this.held : 0;
  }

  overflow(): void {
    this.dropped = true;
    this.held = 0;
  }
}

/** A connection of a platform that can pause. */
class Line {
  readonly seen: string[] = [];

  pause(): boolean {
    this.seen.push('pause');
    return true;
  }

  resume(): void {
    this.seen.push('resume');
  }
}

describe('Backlog', () => {
  let backlog: Backlog;
  let line: Line;
  beforeEach(() => {
    jest.useFakeTimers();
    backlog = new Backlog(1600);
    line = new Line();
    backlog.connected(line);
  });
  afterEach(() => jest.useRealTimers());

  const add = (consumer: Held, size: number): void => {
    consumer.held += size;
    backlog.added(consumer, size);
  };
  const take = (consumer: Held, size: number): void => {
    consumer.held -= size;
    backlog.taken();
  };

  it('pauses at a quarter, and goes on at an eighth', () => {
    const consumer = new Held();
    add(consumer, 399);
    expect(line.seen).toEqual([]);
    add(consumer, 1);
    expect(line.seen).toEqual(['pause']);
    take(consumer, 200);
    expect(line.seen).toEqual(['pause']);
    take(consumer, 1);
    expect(line.seen).toEqual(['pause', 'resume']);
  });

  it('reads a slice every ten seconds, so that the service does not give the connection up', () => {
    const consumer = new Held();
    add(consumer, 400);
    jest.advanceTimersByTime(10_000);
    expect(line.seen).toEqual(['pause', 'resume']);
    add(consumer, 99);
    expect(line.seen).toEqual(['pause', 'resume']);
    add(consumer, 1);
    expect(line.seen).toEqual(['pause', 'resume', 'pause']);
    jest.advanceTimersByTime(10_000);
    expect(line.seen).toHaveLength(4);
  });

  it('does not pause for what no loop waits for', () => {
    const consumer = new Held();
    consumer.isRead = false;
    add(consumer, 1500);
    expect(line.seen).toEqual([]);
    add(consumer, 101);
    expect(consumer.dropped).toBe(true);
  });

  it('counts all executions together, and drops the one that holds the most', () => {
    const consumers = [300, 900, 400].map((size) => {
      const consumer = new Held();
      add(consumer, size);
      return consumer;
    });
    expect(consumers.map(({ dropped }) => dropped)).toEqual([false, false, false]);
    add(consumers[0] ?? new Held(), 1);
    expect(consumers.map(({ dropped }) => dropped)).toEqual([false, true, false]);
  });

  it('goes on when the execution that holds too much is over', () => {
    const consumer = new Held();
    add(consumer, 400);
    backlog.over(consumer);
    expect(line.seen).toEqual(['pause', 'resume']);
  });

  it('leaves no timer, and pauses nothing, once the connection is gone', () => {
    const consumer = new Held();
    add(consumer, 400);
    backlog.disconnected();
    expect(jest.getTimerCount()).toBe(0);
    add(consumer, 100);
    expect(line.seen).toEqual(['pause', 'resume']);
  });

  it('only drops where the platform cannot pause', () => {
    const consumer = new Held();
    backlog.connected({ pause: () => false, resume: () => undefined });
    add(consumer, 1600);
    expect(consumer.dropped).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
    add(consumer, 1);
    expect(consumer.dropped).toBe(true);
  });
});
