import { Capacity, type Load } from '../../../../src/observability/health/capacity.js';

const queue = (queued: number, queueSize = 10): Load => ({
  runners: { starting: 0, idle: 0, running: 4, waiting: 0 },
  maxRunners: 4,
  queued,
  queueSize,
});

const noQueue = (running: number, waiting: number): Load => ({
  runners: { starting: 0, idle: 0, running, waiting },
  maxRunners: 4,
  queued: 0,
  queueSize: 0,
});

describe('Capacity', () => {
  it('has room until the queue is full', () => {
    const capacity = new Capacity();
    expect([0, 5, 9].map((queued) => capacity.hasRoom(queue(queued)))).toEqual([true, true, true]);
    expect(capacity.hasRoom(queue(10))).toBe(false);
  });

  it('once full, has room again when the queue is half empty, and not before', () => {
    const capacity = new Capacity();
    const seen = [10, 9, 6, 5, 9].map((queued) => capacity.hasRoom(queue(queued)));
    expect(seen).toEqual([false, false, false, true, true]);
  });

  it('counts runner processes if there is no queue', () => {
    const capacity = new Capacity();
    const seen = [noQueue(2, 1), noQueue(2, 2), noQueue(1, 2), noQueue(1, 1)];
    expect(seen.map((load) => capacity.hasRoom(load))).toEqual([true, false, false, true]);
  });

  it('of a single place is full when it is taken, and not when it is free', () => {
    const capacity = new Capacity();
    expect([1, 0, 1].map((queued) => capacity.hasRoom(queue(queued, 1)))).toEqual([false, true, false]);
  });
});
