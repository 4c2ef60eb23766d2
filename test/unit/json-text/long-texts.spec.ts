import { JsonText, piecesOf, sizeOf } from '../../../src/json-text/index.js';

/** Longer than several pieces. */
const BYTES = 600_000;
const PARTS = [
  ['letters', 'a'],
  ['characters of two bytes', 'é'],
  ['characters of four bytes', '😀'],
  ['escapes of two characters', String.raw`\n`],
  ['backslashes', String.raw`\\ud83d`],
  ['escapes of one byte', String.raw`\u0041`],
  ['escapes of two bytes, in capitals', String.raw`\u00E9`],
  ['escapes of three bytes', String.raw`\uFFFF`],
  ['pairs', String.raw`\uD83D\uDE00`],
  ['first halves', String.raw`\ud83d`],
  ['second halves', String.raw`\ude00`],
  ['halves in the wrong order', String.raw`\ude00\ud83d`],
] as const;

const repeated = (part: string): string => `"${part.repeat(Math.ceil(BYTES / Buffer.byteLength(part)))}"`;
const textOf = (json: string): JsonText => new JsonText(Buffer.from(json), 0);

describe('a long text that stays JSON', () => {
  it.each(PARTS)('has the size that its value has: %s', (_, part) => {
    const json = repeated(part);
    expect(sizeOf(textOf(json))).toBe(Buffer.byteLength(JSON.parse(json) as string));
  });

  it.each(PARTS)('comes in pieces, none of them long, that are the value together: %s', (_, part) => {
    const json = repeated(part);
    const pieces = [...piecesOf(textOf(json))];
    expect(pieces.join('') === JSON.parse(json)).toBe(true);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(140_000);
    // A pair is never cut: each half would be escaped.
    const written = pieces.map((piece) => JSON.stringify(piece).slice(1, -1)).join('');
    expect(`"${written}"` === JSON.stringify(JSON.parse(json))).toBe(true);
  });
});
