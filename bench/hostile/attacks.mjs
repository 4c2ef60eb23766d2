// Scripts that want the machine for themselves.
import { availableParallelism } from 'node:os';

const script = (body) => ({ code: `function attack(cb) { ${body} }`, globals: {}, call: 'attack' });
const CROWD = 2 * availableParallelism();
const HEAP_BOMB = script('const a = []; for (;;) a.push(new Array(1e4).fill(1.5))');

export const LOOP = { name: 'loop', count: 1, payload: script('for (;;);') };
export const LATE_LOOP = {
  name: 'loop after a timer',
  count: 1,
  payload: script('setTimeout(() => { for (;;); }, 1)'),
};
export const LOOPS = { name: 'loops', count: CROWD, payload: LOOP.payload };
export const BOMBS = { name: 'heap bombs', count: 4, payload: HEAP_BOMB };

/** Those that every row is asked about. */
export const ATTACKS = [LOOP, LATE_LOOP, LOOPS, BOMBS];

/** And those that only this service is: some peers would take the machine down with them. */
export const MORE_ATTACKS = [
  LOOPS,
  {
    name: 'loops after an await',
    count: CROWD,
    payload: script('Promise.resolve().then(() => { for (;;); })'),
  },
  BOMBS,
  { ...BOMBS, count: 8 },
  { name: 'bombs of one allocation', count: 8, payload: script('cb(new Array(1e8).fill(7).length)') },
  {
    name: 'buffer bombs',
    count: 8,
    payload: script('const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1))'),
  },
  {
    name: 'string bombs',
    count: 8,
    payload: script("let s = 'x'; const a = []; for (;;) a.push((s + a.length).repeat(1e6))"),
  },
  { name: 'console floods', count: 8, payload: script("for (;;) console.log('x'.repeat(1e4))") },
];
