import fc from 'fast-check';
import { bytesOf, JsonText, jsonParts, scanJson } from '../../../src/json-text/index.js';

function textOf(json: string): JsonText {
  const text = scanJson(Buffer.from(json));
  if (text === undefined) throw new Error('expected JSON');
  return text;
}

const mine = (): string => 'mine';
const written = (value: unknown): string => bytesOf(jsonParts(value)).toString();

describe('jsonParts', () => {
  it('writes what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(written(value)).toBe(JSON.stringify(value));
        expect(jsonParts(value)).toHaveLength(1);
      }),
    );
  });

  it('writes members that are texts as JSON.stringify writes their values', () => {
    const member = fc.record({
      name: fc.string({ unit: 'grapheme' }),
      value: fc.jsonValue(),
      isText: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(member, { maxLength: 6 }), (members) => {
        const of = (asText: boolean): object =>
          Object.fromEntries(
            members.map(({ name, value, isText }) => [
              name,
              isText && asText ? textOf(JSON.stringify(value)) : value,
            ]),
          );
        expect(written(of(true))).toBe(JSON.stringify(of(false)));
      }),
    );
  });

  it('writes a text as the bytes that it is, without a copy', () => {
    const text = textOf('[ 1e400, -0, "\\u0061", 123456789012345678901 ]');
    expect(jsonParts(text)).toEqual([text.bytes]);
    expect(jsonParts({ value: text, time: 1 })[1]).toBe(text.bytes);
    expect(written({ value: text, time: 1 })).toBe(`{"value":${text.toString()},"time":1}`);
  });

  it('leaves out members that JSON leaves out, also the first', () => {
    const text = textOf('1');
    const none = { undefined: undefined, function: () => 1, symbol: Symbol('s') };
    expect(written({ ...none, text })).toBe('{"text":1}');
    expect(written({ text, ...none })).toBe('{"text":1}');
    expect(written({ a: 1, ...none, text, nothing: null })).toBe('{"a":1,"text":1,"nothing":null}');
  });

  it.each([
    ['undefined', undefined, 'null'],
    ['a function', () => 1, 'null'],
    ['null', null, 'null'],
    ['a number that JSON has not', NaN, 'null'],
    ['an empty object', {}, '{}'],
    ['an array of texts', [textOf('{"a":1}'), undefined, textOf('[2]')], '[{"a":1},null,[2]]'],
    ['a text further inside', { a: { b: [textOf('{"c":3}')] } }, '{"a":{"b":[{"c":3}]}}'],
    ['a text beside one further inside', { a: [textOf('1')], b: textOf('2') }, '{"a":[1],"b":2}'],
    ['toJSON', { toJSON: mine }, '"mine"'],
    ['a date', { at: new Date(0), b: textOf('2') }, '{"at":"1970-01-01T00:00:00.000Z","b":2}'],
    ['toJSON of an object with texts', { toJSON: mine, b: textOf('2') }, '"mine"'],
  ])('writes %s', (_, value, json) => {
    expect(written(value)).toBe(json);
  });

  it.each([
    ['a BigInt', { value: 1n }],
    ['a BigInt beside a text', { text: textOf('1'), value: 1n }],
    [
      'a toJSON that throws',
      {
        text: textOf('1'),
        value: {
          toJSON(): never {
            throw new TypeError('mine');
          },
        },
      },
    ],
  ])('throws for %s', (_, value) => {
    expect(() => jsonParts(value)).toThrow(TypeError);
  });

  it('throws for a cycle', () => {
    const cycle: Record<string, unknown> = { text: textOf('1') };
    cycle['self'] = cycle;
    expect(() => jsonParts(cycle)).toThrow(/circular/);
  });
});

describe('a text', () => {
  it('says whether it has more than one line', () => {
    expect(textOf('{"a":"\\n\\r"}').hasLineBreak).toBe(false);
    expect(textOf('\n{"a":1}\r').hasLineBreak).toBe(false);
    expect(textOf('{\n"a":1}').hasLineBreak).toBe(true);
    expect(textOf('{"a":\r1}').hasLineBreak).toBe(true);
  });

  it('keeps nothing of what it came in, once it is detached', () => {
    const member = textOf(`{"a":[1],"b":"${'x'.repeat(100_000)}"}`).fields.get('a');
    const copy = member?.detached();
    expect(copy).toMatchObject({ depth: 1 });
    expect(copy?.toString()).toBe('[1]');
    expect(copy?.bytes.buffer).not.toBe(member?.bytes.buffer);
    expect(copy?.bytes.buffer.byteLength).toBeLessThan(100_000);
  });
});
