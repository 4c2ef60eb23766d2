import fc from 'fast-check';
import { JsonText, piecesOf } from '../../../src/json-text/index.js';
import { scriptId } from '../../../src/runtime/prepared-scripts.service.js';

const PIECE_BYTES = 128 * 1024;
/** A piece may be longer by what must not be cut: a character, or a pair of escapes. */
const LONGEST_PIECE = PIECE_BYTES + 12;

const textOf = (json: string): JsonText => new JsonText(Buffer.from(json), 0);
const scriptOf = (code: string | JsonText) => ({ code, language: undefined, caller: undefined });

/** Checks everything that must hold of the pieces of a text, and gives how many there are. */
async function piecesChecked(json: string): Promise<number> {
  const decoded = JSON.parse(json) as string;
  const pieces = [...piecesOf(textOf(json))];
  expect(pieces.join('') === decoded).toBe(true);
  // What stands for a piece is at least as long as the piece.
  expect(Math.max(0, ...pieces.map(({ length }) => length))).toBeLessThanOrEqual(LONGEST_PIECE);
  expect(pieces.length).toBeGreaterThanOrEqual(Math.floor((json.length - 2) / LONGEST_PIECE));
  // No half of a character at the end of a piece whose other half begins the next one.
  for (const [i, piece] of pieces.slice(1).entries())
    expect(/[\ud800-\udbff]$/.test(pieces[i] ?? '') && /^[\udc00-\udfff]/.test(piece)).toBe(false);
  expect(await scriptId(scriptOf(textOf(json)))).toBe(await scriptId(scriptOf(decoded)));
  return pieces.length;
}

const units = fc.constantFrom(
  'a',
  '\\n',
  '\\\\',
  '\\"',
  '\\/',
  'ä',
  '€',
  '😀',
  '\\u0041',
  '\\u2028',
  '\\u0000',
  '\u2028',
  '\\ud83d\\ude00',
  '\\uD83D',
  '\\uDE00',
  '\\\\ud83d',
  '\\ud83d\\\\ude00',
);

describe('the pieces of a text', () => {
  it('are the whole text, and give the id of the text, whatever stands where they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 24 }),
        fc.array(units, { minLength: 1, maxLength: 8 }),
        async (shift, around) => {
          const filled = 'x'.repeat(PIECE_BYTES - shift);
          expect(
            await piecesChecked(`"${filled}${around.join('')}${filled}${around.join('')}"`),
          ).toBeGreaterThan(1);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    ['nothing', '', 0],
    ['characters of one byte', 'x', 1_000_000],
    ['characters of two bytes', 'ä', 500_000],
    ['characters of three bytes', '€', 300_000],
    ['characters of four bytes', '😀', 200_000],
    ['short escapes', '\\n', 500_000],
    ['backslashes', '\\\\', 500_000],
    ['long escapes', '\\u0061', 200_000],
    ['pairs as escapes', '\\ud83d\\ude00', 100_000],
    ['first halves', '\\ud83d', 200_000],
    ['second halves', '\\ude00', 200_000],
    ['second halves before first ones', '\\ude00\\ud83d', 100_000],
    ['what only looks like a half', '\\\\ude00', 200_000],
  ])('are bounded for a flood of %s, at whatever place they are cut', async (_, unit, count) => {
    for (const before of ['', 'x', 'xx', 'xxx', 'xxxxx'])
      expect(await piecesChecked(`"${before}${unit.repeat(count)}"`)).toBeGreaterThanOrEqual(
        count > 0 ? 1 : 0,
      ); // oxlint-disable-line no-await-in-loop
  });
});

describe('the id of a script', () => {
  it('is the same however its texts are escaped', async () => {
    const code = `"${'é😀\u2028</script>'.repeat(20_000)}"`;
    const escaped = code.replace(
      /[^\x20-\x7e]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    expect(escaped).not.toBe(code);
    const ids = await Promise.all(
      [textOf(code), textOf(escaped), JSON.parse(code) as string].map((text) =>
        scriptId({ code: text, language: 'module', caller: text }),
      ),
    );
    expect(new Set(ids).size).toBe(1);
  });

  it('is another one for each other field', async () => {
    const ids = await Promise.all([
      scriptId({ code: 'a', language: undefined, caller: undefined }),
      scriptId({ code: 'a', language: undefined, caller: '' }),
      scriptId({ code: 'a', language: 'module', caller: undefined }),
      scriptId({ code: 'a","b', language: undefined, caller: undefined }),
      scriptId({ code: 'a', language: undefined, caller: 'b' }),
    ]);
    expect(new Set(ids).size).toBe(5);
  });
});
