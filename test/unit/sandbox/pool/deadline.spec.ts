import { Deadline } from '../../../../src/sandbox/pool/deadline.js';
import { FakeClock } from '../../../support/fake-clock.js';

/** A deadline, and when it passed: milliseconds after its start. */
function deadlineOf(ms: number, ceilingMs?: number) {
  const clock = new FakeClock();
  const start = clock.now();
  const passed: number[] = [];
  const deadline = new Deadline(ms, () => passed.push(clock.now() - start), ceilingMs, clock);
  return { clock, deadline, passed };
}

describe('a deadline', () => {
  it('passes when its time is over', async () => {
    const { clock, deadline, passed } = deadlineOf(100);
    await clock.advance(99);
    expect(passed).toEqual([]);
    await clock.advance(1);
    expect(passed).toEqual([100]);
    expect(deadline.hasPassed).toBe(true);
  });

  it('passes later by the time of its pauses', async () => {
    const { clock, deadline, passed } = deadlineOf(100, 1000);
    await clock.advance(60);
    deadline.pause();
    await clock.advance(300);
    deadline.resume();
    await clock.advance(39);
    expect(passed).toEqual([]);
    await clock.advance(1);
    expect(passed).toEqual([400]);
  });

  it('passes at its ceiling, paused or not', async () => {
    const { clock, deadline, passed } = deadlineOf(100, 200);
    deadline.pause();
    await clock.advance(500);
    expect(passed).toEqual([200]);
    expect(deadline.hasPassed).toBe(true);
  });

  it('never passes once it is stopped', async () => {
    const { clock, deadline, passed } = deadlineOf(100, 200);
    deadline.stop();
    await clock.advance(500);
    expect(passed).toEqual([]);
  });
});
