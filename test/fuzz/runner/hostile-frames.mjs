import { jsonValue, mutatedBytes, mutatedText } from '../mutate.mjs';
import { SeededRandom } from '../../support/seeded-random.mjs';

/** Frames of one stream, which are replayed together. */
export const GROUP = 16;
const READY = 1;
const IDLE = 2;
const RETURNED = 5;

/** What runners of ours write, by the number of its kind (`src/sandbox/boundary/messages.ts`). */
const TEXTS = [
  [1, [READY, () => '']],
  [6, [IDLE, () => '']],
  [6, [3, () => '']],
  [30, [4, (random) => `${random.below(7)}${'line '.repeat(random.below(50))}`]],
  [15, [RETURNED, (random) => JSON.stringify(jsonValue(random))]],
  [12, [6, (random) => JSON.stringify(thrown(random))]],
  [2, [7, () => '']],
  [2, [8, (random) => random.of(['result', 'depth', 'heap'])]],
  [2, [9, () => '']],
  [10, [10, (random) => JSON.stringify(jsonValue(random))]],
  [10, [11, (random) => `${random.below(5)}\ng\n${JSON.stringify([jsonValue(random)])}`]],
  [
    10,
    [
      12,
      (random) =>
        `${random.of(['o', 'd', 'e', 'c', 'a', 'h'])}${random.below(5)}\n${random.of(['', '{}', '99'])}`,
    ],
  ],
  [1, [13, () => 'x']],
];
const LARGE = [1000, 70_000, 300_000, 3_000_000];

function thrown(random) {
  const text = () => (random.chance(0.1) ? 'x'.repeat(random.of(LARGE)) : 'Error');
  return {
    name: random.chance(0.1) ? jsonValue(random) : text(),
    message: text(),
    stack: text(),
    line: random.of([1, -1, 1e300, 'x']),
    excerpt: text(),
    extra: jsonValue(random),
  };
}

/** The bytes of a stream, in the pieces in which they are written. */
export function hostilePieces(seed, at) {
  const random = new SeededRandom(seed, 'runner', at);
  const damage = random.of([0, 0.02, 0.2]);
  const frames = Array.from({ length: GROUP }, () => {
    const [kind, make] = random.weighted(TEXTS);
    const text = make(random);
    const frame = encoded(kind, random.chance(damage) ? mutatedText(random, text) : text);
    // A length that lies makes of everything after it something else.
    return random.chance(damage / 4) ? mutatedBytes(random, frame) : frame;
  });
  // Most end as an execution does, so that the process can go on.
  if (random.chance(0.5)) frames.splice(0, GROUP, ...calm(random), encoded(RETURNED, '1'), encoded(IDLE, ''));
  const bytes = Buffer.concat(frames);
  const pieces = [];
  for (let from = 0; from < bytes.length;) {
    const to = random.chance(0.3) ? from + 1 + random.below(50) : bytes.length;
    pieces.push(bytes.subarray(from, to));
    from = to;
  }
  return pieces;
}

function calm(random) {
  return Array.from({ length: GROUP - 2 }, () => encoded(4, `0${'x'.repeat(random.below(500))}`));
}

/** Apart from the code that it tests. */
export function encoded(kind, text) {
  const body = Buffer.from(text);
  const head = Buffer.alloc(5);
  head.writeUInt32LE(body.length + 1);
  head[4] = kind;
  return Buffer.concat([head, body]);
}
