import { ConsoleBudget } from '../../../../src/sandbox/boundary/console-budget.js';

const verdicts = (budget: ConsoleBudget, lines: readonly string[]) => lines.map((line) => budget.take(line));

describe('the budget of a console', () => {
  it('keeps as many lines, cuts once, and drops the rest', () => {
    const lines = ['a', 'b', 'c', 'd'];
    expect(verdicts(new ConsoleBudget(2, 100), lines)).toEqual(['kept', 'kept', 'cut', 'dropped']);
  });

  it('keeps as many bytes, which are not characters', () => {
    expect(verdicts(new ConsoleBudget(100, 5), ['éé', 'a', 'b'])).toEqual(['kept', 'kept', 'cut']);
    expect(verdicts(new ConsoleBudget(100, 5), ['ééé', 'a'])).toEqual(['cut', 'dropped']);
  });

  it('keeps nothing where nothing may be', () => {
    expect(verdicts(new ConsoleBudget(0, 100), [''])).toEqual(['cut']);
  });
});
