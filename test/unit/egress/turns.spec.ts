import { setImmediate as turn } from 'node:timers/promises';
import { Turns } from '../../../src/egress/turns.js';

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
