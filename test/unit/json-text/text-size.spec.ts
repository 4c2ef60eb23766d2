import fc from 'fast-check';
import { isLongerThan, JsonText, sizeOf } from '../../../src/json-text/index.js';

const textOf = (json: string): JsonText => new JsonText(Buffer.from(json), 0);

const unit = fc.oneof(
  fc.constantFrom(
    '\\"',
    '\\\\',
    '\\/',
    '\\n',
    '\\u0000',
    '\\u007F',
    '\\u0080',
    '\\u07ff',
    '\\u0800',
    '\\uFFFF',
  ),
  fc.constantFrom('\\ud83d', '\\uDE00', '\\ud83d\\ude00', '\\uD83D\\uDE00', '\\\\ud83d', 'a', 'ä', '€', '😀'),
  fc.integer({ min: 0, max: 0xffff }).map((code) => `\\u${code.toString(16).padStart(4, '0')}`),
  fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text).slice(1, -1)),
);
const json = fc.array(unit, { maxLength: 12 }).map((units) => `"${units.join('')}"`);

describe('the size of a text', () => {
  it('is that of the decoded text, without decoding it', () => {
    fc.assert(
      fc.property(json, (text) => {
        const decoded = JSON.parse(text) as string;
        expect(sizeOf(textOf(text))).toBe(Buffer.byteLength(decoded));
        expect(sizeOf(decoded)).toBe(Buffer.byteLength(decoded));
      }),
      { numRuns: 1000 },
    );
  });

  it('is longer than a limit exactly when the decoded text is', () => {
    fc.assert(
      fc.property(json, (text) => {
        const decoded = JSON.parse(text) as string;
        const bytes = Buffer.byteLength(decoded);
        for (const limit of [0, bytes - 1, bytes, bytes + 1, text.length]) {
          expect(isLongerThan(textOf(text), limit)).toBe(bytes > limit);
          expect(isLongerThan(decoded, limit)).toBe(bytes > limit);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['escapes of every kind', '\\n\\u0041\\\\', 3],
    ['pairs', '\\ud83d\\ude00', 4],
    ['first halves', '\\ud83d', 3],
    ['second halves', '\\ude00', 3],
  ])(
    'of 8 MiB of %s takes no time',
    (_, units, bytes) => {
      const count = Math.floor((8 * 2 ** 20) / units.length);
      expect(sizeOf(textOf(`"${units.repeat(count)}"`))).toBe(count * bytes);
    },
    5000,
  );
});
