// Damage done to text and bytes that were right.

const FRAGMENTS = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\u0000',
  '\ud800',
  '\ufeff',
  'null',
  '1e400',
  '__proto__',
  '\\u',
];

/** Text with up to three pieces cut, doubled, or put in. */
export function mutatedText(random, text) {
  let result = text;
  for (let left = 1 + random.below(3); left > 0; left--) {
    const from = random.below(result.length + 1);
    const to = from + random.below(Math.min(20, result.length - from + 1));
    const piece = random.weighted([
      [3, ''],
      [2, result.slice(from, to).repeat(2)],
      [3, random.of(FRAGMENTS)],
      [1, '['.repeat(random.below(3000))],
      [1, String.fromCodePoint(random.below(0xd7ff))],
    ]);
    result = result.slice(0, from) + piece + result.slice(to);
  }
  return result;
}

/** Bytes with up to three of them changed, cut, or put in. */
export function mutatedBytes(random, bytes) {
  const result = Buffer.from(bytes);
  for (let left = 1 + random.below(3); left > 0 && result.length > 0; left--) {
    result[random.below(result.length)] = random.of([0, 1, 0x7f, 0x80, 0xff, random.below(256)]);
  }
  if (random.chance(0.2)) return result.subarray(0, random.below(result.length + 1));
  return random.chance(0.2) ? Buffer.concat([result, random.bytes(random.below(40))]) : result;
}

/** Any JSON value, a few levels deep. */
export function jsonValue(random, depth = 3) {
  const scalar = () =>
    random.of([
      null,
      true,
      false,
      0,
      -0,
      1.5,
      1e308,
      -1,
      '',
      'a',
      '\ud800',
      '__proto__',
      'x'.repeat(300),
      2 ** 53,
    ]);
  if (depth === 0 || random.chance(0.5)) return scalar();
  const items = Array.from({ length: random.below(5) }, () => jsonValue(random, depth - 1));
  if (random.chance(0.5)) return items;
  return Object.fromEntries(
    items.map((item) => [random.of(['a', 'code', '__proto__', 'toJSON', '', 'id']), item]),
  );
}
