import { MemoryBudget } from '../../../src/memory-budget/index.js';
import { Visit } from '../../../src/http/visit.js';

function visitOf(total: number): { visit: Visit; memory: MemoryBudget } {
  const memory = new MemoryBudget(total);
  return { memory, visit: new Visit({ tenant: 'a' }, undefined, memory) };
}

describe('Visit', () => {
  it.each([
    ['its client left', (visit: Visit) => visit.leave()],
    ['it was answered', (visit: Visit) => visit.settle(413, 1)],
  ])('pays for nothing of a body that still comes once %s', (_, end) => {
    const { visit, memory } = visitOf(1000);
    visit.takeBody(100);
    end(visit);
    expect(visit.takeBody(100)).toBe(true);
    expect(memory.used).toBe(0);
  });

  it('pays for its answer until that is released', () => {
    const { visit, memory } = visitOf(1000);
    visit.takeBody(100);
    visit.settle(undefined, 300);
    expect(visit.holdAnswer(300)).toBe(true);
    expect(memory.used).toBe(300);
    expect(visit.holdAnswer(900)).toBe(false);
    expect(visit.holdAnswer(200)).toBe(true);
    expect(memory.used).toBe(200);
    visit.release();
    expect(memory.used).toBe(0);
  });

  it('pays for no answer once its client has left', () => {
    const { visit, memory } = visitOf(1000);
    visit.holdAnswer(300);
    visit.leave();
    expect(memory.used).toBe(0);
    expect(visit.holdAnswer(300)).toBe(true);
    expect(memory.used).toBe(0);
  });
});
