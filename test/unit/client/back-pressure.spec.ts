import { jest } from '@jest/globals';
import { BackPressure, type Consumer } from '../../../src/client/back-pressure.js';

class TestConsumer implements Consumer {
  buffered = 0;
  isLooping = true;
  overflowed = false;

  get bufferedForLoops(): number {
    return this.isLooping ? this.buffered : 0;
  }

  overflow(): void {
    this.overflowed = true;
    this.buffered = 0;
  }
}

/** A connection that can be paused. */
class TestConnection {
  readonly events: string[] = [];

  pause(): boolean {
    this.events.push('pause');
    return true;
  }

  resume(): void {
    this.events.push('resume');
  }
}

describe('BackPressure', () => {
  let backPressure: BackPressure;
  let connection: TestConnection;
  beforeEach(() => {
    jest.useFakeTimers();
    backPressure = new BackPressure(1600);
    connection = new TestConnection();
    backPressure.connected(connection);
  });
  afterEach(() => jest.useRealTimers());

  const add = (consumer: TestConsumer, size: number): void => {
    consumer.buffered += size;
    backPressure.added(consumer, size);
  };
  const consume = (consumer: TestConsumer, size: number): void => {
    consumer.buffered -= size;
    backPressure.consumed();
  };

  it('pauses the connection at a quarter of the limit, and resumes it at an eighth', () => {
    const consumer = new TestConsumer();
    add(consumer, 399);
    expect(connection.events).toEqual([]);
    add(consumer, 1);
    expect(connection.events).toEqual(['pause']);
    consume(consumer, 200);
    expect(connection.events).toEqual(['pause']);
    consume(consumer, 1);
    expect(connection.events).toEqual(['pause', 'resume']);
  });

  it('reads a bounded amount every ten seconds while paused, so that the service keeps the connection open', () => {
    const consumer = new TestConsumer();
    add(consumer, 400);
    jest.advanceTimersByTime(10_000);
    expect(connection.events).toEqual(['pause', 'resume']);
    add(consumer, 99);
    expect(connection.events).toEqual(['pause', 'resume']);
    add(consumer, 1);
    expect(connection.events).toEqual(['pause', 'resume', 'pause']);
    jest.advanceTimersByTime(10_000);
    expect(connection.events).toHaveLength(4);
  });

  it('does not pause the connection for output without a loop', () => {
    const consumer = new TestConsumer();
    consumer.isLooping = false;
    add(consumer, 1500);
    expect(connection.events).toEqual([]);
    add(consumer, 101);
    expect(consumer.overflowed).toBe(true);
  });

  it('applies one limit to all executions, and fails the one with the most unread output', () => {
    const consumers = [300, 900, 400].map((size) => {
      const consumer = new TestConsumer();
      add(consumer, size);
      return consumer;
    });
    expect(consumers.map(({ overflowed }) => overflowed)).toEqual([false, false, false]);
    add(consumers[0] ?? new TestConsumer(), 1);
    expect(consumers.map(({ overflowed }) => overflowed)).toEqual([false, true, false]);
  });

  it('resumes the connection when the execution with the unread output ends', () => {
    const consumer = new TestConsumer();
    add(consumer, 400);
    backPressure.remove(consumer);
    expect(connection.events).toEqual(['pause', 'resume']);
  });

  it('leaves no timer and pauses nothing after a disconnect', () => {
    const consumer = new TestConsumer();
    add(consumer, 400);
    backPressure.disconnected();
    expect(jest.getTimerCount()).toBe(0);
    add(consumer, 100);
    expect(connection.events).toEqual(['pause', 'resume']);
  });

  it('only enforces the limit if the platform cannot pause', () => {
    const consumer = new TestConsumer();
    backPressure.connected({ pause: () => false, resume: () => undefined });
    add(consumer, 1600);
    expect(consumer.overflowed).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
    add(consumer, 1);
    expect(consumer.overflowed).toBe(true);
  });
});
