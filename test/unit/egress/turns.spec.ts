import { setImmediate as turn } from 'node:timers/promises';
import { Turns, UP_TO_HALF } from '../../../src/egress/turns.js';

describe('turns', () => {
  it('are given to so many, and then to those of each line in turn', async () => {
    const turns = new Turns(1);
    const went: string[] = [];
    const enter = (line: string, name: string) => turns.enter(line, () => went.push(name));
    const leave = enter('a', 'a1');
    const others = [enter('a', 'a2'), enter('a', 'a3'), enter('b', 'b1'), enter('c', 'c1')];
    leave();
    leave();
    for (let i = 0; i < 5; i++) {
      await turn();
      for (const [at, name] of ['a2', 'a3', 'b1', 'c1'].entries()) if (went.at(-1) === name) others[at]?.();
    }
    expect(went).toEqual(['a2', 'b1', 'c1', 'a3']);
  });

  it('can be given up before they come', async () => {
    const turns = new Turns(1);
    const went: string[] = [];
    const first = turns.enter('', () => went.push('first'));
    const second = turns.enter('', () => went.push('second'));
    turns.enter('', () => went.push('third'));
    await turn();
    second();
    first();
    await turn();
    expect(went).toEqual(['first', 'third']);
  });
});

/** Turns that a line is given while it keeps them all. */
async function givenTo(turns: Turns, line: string, wanted: number): Promise<number> {
  let given = 0;
  for (let i = 0; i < wanted; i++) turns.enter(line, () => (given += 1));
  await turn();
  return given;
}

describe('turns up to half', () => {
  it.each([
    [1, [1, 0]],
    [2, [1, 1]],
    [3, [2, 1]],
    [8, [4, 2, 1, 1, 0]],
    [256, [128, 64, 32, 16, 8, 4, 2, 1, 1, 0]],
  ])('of %d leave some free for a line that has none: %j', async (max, expected) => {
    const turns = new Turns(max, UP_TO_HALF);
    const given: number[] = [];
    for (const line of expected.keys()) given.push(await givenTo(turns, String(line), 1000));
    expect(given).toEqual(expected);
  });

  it('go to the line that has the fewest, and to those that wait once there are enough', async () => {
    const turns = new Turns(4, UP_TO_HALF);
    const went: string[] = [];
    const enter = (line: string): (() => void) => turns.enter(line, () => went.push(line));
    const [first] = [enter('a'), enter('a'), enter('a'), enter('b')];
    enter('c');
    enter('d');
    enter('b');
    await turn();
    expect(went).toEqual(['a', 'a', 'b', 'c']);
    first();
    await turn();
    expect(went.slice(4)).toEqual(['d']);
  });
});
