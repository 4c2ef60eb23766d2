import fc from 'fast-check';
import { JsonScanner, MAX_MEMBERS } from '../../../src/json-text/json-scanner.js';
import { type JsonText, scanInTurns, scanJson } from '../../../src/json-text/index.js';

const MIB = 2 ** 20;
/** A hang guard, and no more: the machine may be busy. */
const HANG_MS = 5000;

/** Reads in pieces of these sizes, over and over. */
function scanInPieces(
  text: string | Buffer,
  sizes: readonly number[],
  opened?: string,
): JsonText | undefined {
  const scanner = new JsonScanner(Buffer.from(text), opened);
  for (let i = 0; !scanner.advance(sizes[i % sizes.length] ?? 1); i += 1);
  return scanner.text;
}

/** Without halves of characters, which UTF-8 has not. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

/** The members of an object as the scanner must find them. */
function valuesOf(text: JsonText | undefined): [string, unknown][] {
  return [...(text?.fields ?? [])].map(([name, value]) => [name, value.parse()]);
}

const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 3 });
const character = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }).map((one) => JSON.stringify(one).slice(1, -1)),
  fc.constantFrom('\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t', '\\u0000', '\\ud83d\\uDE00'),
  fc.integer({ min: 0, max: 0xffff }).map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`),
);
const string = fc.array(character, { maxLength: 6 }).map((characters) => `"${characters.join('')}"`);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.constantFrom('0', '-0', '1E5', '-1.50e+3', '1e400', '1e-400', '123456789012345678901234567890'),
);
/** JSON in every spelling: white space and escapes wherever the grammar has room for them. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc
    .tuple(
      space,
      fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('true', 'false', 'null'),
        number,
        string,
        fc.array(tie('json'), { maxLength: 4 }).map((elements) => `[${elements.join(',')}]`),
        fc
          .array(fc.tuple(space, string, space, tie('json')), { maxLength: 4 })
          .map((all) => `{${all.map(([a, key, b, value]) => `${a}${key}${b}:${value}`).join(',')}}`),
        fc.constantFrom('[ \n]', '{\t}'),
      ),
      space,
    )
    .map((parts) => parts.join('')),
}));
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
/** A text beside JSON: pieces of it removed, doubled or put in. */
const mutated = fc
  .tuple(
    json,
    fc.array(
      fc.record({
        at: fc.nat(),
        removed: fc.nat({ max: 2 }),
        put: fc.oneof(
          fc.constantFrom(...Array.from('{}[],:"\\-+.eE0129tfnu \u0000\u0001\u001f\u007f\uFEFF')),
          fc.string({ unit: 'grapheme', maxLength: 2 }),
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((before, { at, removed, put }) => {
      const from = at % (before.length + 1);
      return before.slice(0, from) + put + before.slice(from + removed);
    }, text),
  )
  .map(wellFormed);

/** The members of the member `p`. */
function membersOfP(text: string): unknown {
  return valuesOf(scanJson(Buffer.from(text), 'p')?.fields.get('p'));
}

describe('the JSON scanner', () => {
  it('takes all JSON, however it is spelled and cut, with its depth, and without the white space around it', () => {
    fc.assert(
      fc.property(json, sizes, (text, pieces) => {
        const value: unknown = JSON.parse(text);
        for (const found of [
          scanJson(Buffer.from(text)),
          scanInPieces(text, [1]),
          scanInPieces(text, pieces),
        ]) {
          expect(found?.toString()).toBe(text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, ''));
          expect(found?.parse()).toEqual(value);
          expect(found?.isObject).toBe(typeof value === 'object' && value !== null && !Array.isArray(value));
          expect(found?.isArray).toBe(Array.isArray(value));
          expect(found?.isString).toBe(typeof value === 'string');
        }
        // As the text has it: JSON.parse drops a member whose name comes again.
        expect(scanInPieces(text, pieces)?.depth).toBe(scanJson(Buffer.from(text))?.depth);
      }),
      { numRuns: 500 },
    );
  });

  it('counts the levels of arrays and objects', () => {
    fc.assert(
      fc.property(fc.jsonValue(), sizes, (value, pieces) => {
        expect(scanInPieces(JSON.stringify(value), pieces)?.depth).toBe(depthOf(value));
      }),
    );
  });

  it('says of any text what JSON.parse says, whatever the pieces', () => {
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string({ unit: 'grapheme' })), sizes, (text, pieces) => {
        const valid = isJson(text);
        expect(scanJson(Buffer.from(text)) !== undefined).toBe(valid);
        expect(scanInPieces(text, [1]) !== undefined).toBe(valid);
        expect(scanInPieces(text, pieces) !== undefined).toBe(valid);
      }),
      { numRuns: 3000 },
    );
  });

  it('says of every cut text what JSON.parse says', () => {
    fc.assert(
      fc.property(json, (text) => {
        for (let end = 0; end <= text.length; end += 1) {
          const cut = wellFormed(text.slice(0, end));
          expect(scanJson(Buffer.from(cut)) !== undefined).toBe(isJson(cut));
        }
      }),
    );
  });

  it.each([
    '-',
    '01',
    '1.',
    '.5',
    '1e',
    '1e+',
    '1e-',
    '-0',
    '0',
    '1E5',
    '-01',
    '--1',
    '+1',
    '1.5.5',
    '1e5e5',
    '1e5.5',
    '0x1',
    '1_0',
    '0.',
    '-.5',
    '00',
    '0e0',
    '0.0E-0',
    '1e400',
    'Infinity',
    'NaN',
    '-Infinity',
    '1 2',
    '1-',
    '1+1',
    '9'.repeat(400),
    '1a',
    '0a',
    '1.0a',
    '1e1a',
    '- 1',
    't',
    'tr',
    'tru',
    'true',
    'truE',
    'truee',
    'true1',
    'fals',
    'false',
    'nul',
    'null',
    'nulll',
    'True',
    '"',
    '""',
    '"\\',
    '"\\"',
    '"\\u',
    '"\\u12',
    '"\\u123',
    '"\\u1234"',
    '"\\u123g"',
    '"\\x41"',
    '"\\U0041"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\t"',
    '"\n"',
    '"\u0000"',
    '"\u001f"',
    '"\u007f"',
    '"\u2028"',
    "'a'",
    '',
    ' ',
    '\n',
    '\u0000',
    '\uFEFF',
    '\uFEFF{}',
    '{}\uFEFF',
    '\u00a0{}',
    '\u000b1',
    '1\u0000',
    '//',
    '/**/1',
    '[',
    ']',
    '[]',
    '[,]',
    '[1,]',
    '[,1]',
    '[1 2]',
    '[1]]',
    '[[1]',
    '[}',
    '[1}',
    '[1:2]',
    '[]1',
    '[] []',
    '{',
    '}',
    '{}',
    '{,}',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{"a" 1}',
    '{a:1}',
    '{1:1}',
    '{"a":1]',
    '{"a":1}}',
    '{"a":1 "b":2}',
    '{"a"::1}',
    '{"a":1,,"b":2}',
    '{"a":1}{}',
    '{"":1}',
    '{null:1}',
    '{"a":1:2}',
    ',',
    ':',
  ])('says of %j what JSON.parse says', (text) => {
    const valid = isJson(text);
    expect(scanJson(Buffer.from(text)) !== undefined).toBe(valid);
    expect(scanInPieces(text, [1]) !== undefined).toBe(valid);
    // Inside of others, too, where members are collected.
    const inner = isJson(`{"payload":{"a":[${text}],"b":${text}}}`);
    const around = `{"payload":{"a":[${text}],"b":${text}}}`;
    expect(scanInPieces(around, [1], 'payload') !== undefined).toBe(inner);
  });

  it('takes no byte at the place of a value, a name or an escape that JSON.parse does not take', () => {
    for (let byte = 0; byte < 0x80; byte += 1) {
      const one = String.fromCharCode(byte);
      for (const text of [
        one,
        `[${one}]`,
        `{${one}}`,
        `"\\${one}"`,
        `"\\u000${one}"`,
        `1${one}`,
        `-${one}`,
        `[1${one}`,
      ])
        expect([text, scanJson(Buffer.from(text)) !== undefined]).toEqual([text, isJson(text)]);
    }
  });
});

describe('the members that the JSON scanner finds', () => {
  it('are those of JSON.parse, however their names are escaped', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(string, json), { maxLength: 8 }), sizes, (members, pieces) => {
        const text = `{${members.map((member) => member.join(':')).join(',')}}`;
        // A map: an object would take `__proto__` for something else, and order numbers first.
        const wanted = new Map(
          members.map(([key, value]) => [JSON.parse(key) as string, JSON.parse(value) as unknown]),
        );
        expect(valuesOf(scanInPieces(text, pieces))).toEqual([...wanted]);
      }),
    );
  });

  it('are those of the opened member, too, and of no other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('"payload"', '"p\\u0061yload"', '"ext"'), json), { maxLength: 4 }),
        sizes,
        (members, pieces) => {
          const text = `{${members.map((member) => member.join(':')).join(',')}}`;
          const { payload } = JSON.parse(text) as { payload?: unknown };
          const found = scanInPieces(text, pieces, 'payload');
          const isObject = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
          expect(Object.fromEntries(valuesOf(found?.fields.get('payload')))).toEqual(isObject ? payload : {});
          expect(valuesOf(found?.fields.get('ext'))).toEqual([]);
          expect(found?.fields.get('payload')?.hasExcess ?? false).toBe(false);
        },
      ),
    );
  });

  it('are the last of several with one name, also where only one is an object', () => {
    expect(membersOfP('{"p":{"a":1},"p":{"b":2}}')).toEqual([['b', 2]]);
    expect(membersOfP('{"p":{"a":1},"p":5}')).toEqual([]);
    expect(membersOfP('{"p":[{"a":1}],"\\u0070":{"a":{"p":{"c":1}},"a":3}}')).toEqual([['a', 3]]);
  });

  it('have __proto__, constructor and the empty name like any other', () => {
    const text = '{"__proto__":{"a":1},"constructor":2,"":3,"toString":4}';
    const { fields } = scanJson(Buffer.from(text), '__proto__') ?? {};
    expect([...(fields?.keys() ?? [])]).toEqual(['__proto__', 'constructor', '', 'toString']);
    expect(valuesOf(fields?.get('__proto__'))).toEqual([['a', 1]]);
  });

  it('have the depth of their own values', () => {
    const { fields } = scanJson(Buffer.from('{"a":[[1]],"b":1,"p":{"c":[{}],"d":{}},"e":{}}'), 'p') ?? {};
    const depths = [...(fields ?? [])].map(([name, { depth }]) => [name, depth]);
    expect(depths).toEqual([
      ['a', 2],
      ['b', 0],
      ['p', 3],
      ['e', 1],
    ]);
    expect([...(fields?.get('p')?.fields ?? [])].map(([, { depth }]) => depth)).toEqual([2, 1]);
  });

  it.each([
    [MAX_MEMBERS, false],
    [MAX_MEMBERS + 1, true],
  ])('of an object with %i: hasExcess is %p', (count, hasExcess) => {
    const object = `{${Array.from({ length: count }, (_, i) => `"${i}":{"x":${i}}`).join(',')}}`;
    expect(scanJson(Buffer.from(object))).toMatchObject({ hasExcess });
    const found = scanJson(Buffer.from(`{"p":${object},"q":1}`), 'p');
    expect(found?.hasExcess).toBe(false);
    expect(found?.fields.get('p')?.hasExcess).toBe(hasExcess);
    expect(found?.fields.get('p')?.fields.size).toBe(MAX_MEMBERS);
    expect(found?.fields.get('q')?.parse()).toBe(1);
  });

  it('do not have names of more than 256 bytes of JSON; their values are checked all the same', () => {
    const [longest, longer] = ['n'.repeat(254), 'n'.repeat(255)];
    const found = scanJson(Buffer.from(`{"${longest}":1,"${longer}":{"a":[1]},"b":2}`));
    expect([...(found?.fields.keys() ?? [])]).toEqual([longest, 'b']);
    expect(found?.depth).toBe(3);
    expect(scanJson(Buffer.from(`{"${longer}":{"a":[1,]},"b":2}`))).toBeUndefined();
  });

  it('are none of an array, of a scalar, and of what is deeper', () => {
    for (const text of ['[{"a":1}]', '"a"', '5', '[[{"p":{"a":1}}]]'])
      expect(scanJson(Buffer.from(text), 'p')?.fields.size).toBe(0);
    const inner = scanJson(Buffer.from('{"a":{"p":{"b":1}}}'), 'p')?.fields.get('a');
    expect(inner?.fields.size).toBe(0);
  });
});

describe('the time of the JSON scanner', () => {
  const to8MiB = (unit: string): string => unit.repeat(Math.floor((8 * MIB) / unit.length));
  const shapes: [string, string, boolean][] = [
    ['open arrays', to8MiB('['), false],
    ['nested arrays', '['.repeat(4 * MIB) + ']'.repeat(4 * MIB), true],
    ['open objects', to8MiB('{"":'), false],
    ['objects of objects', `[${to8MiB('{},')}0]`, true],
    ['members of one name', `{${to8MiB('"a":1,')}"a":2}`, true],
    ['members of the opened member', `{"payload":{${to8MiB('"a":1,')}"a":2}}`, true],
    ['the opened member itself', `{${to8MiB('"payload":{},')}"a":2}`, true],
    ['one long name', `{"${to8MiB('n')}":1}`, true],
    ['names of 257 bytes', `{${to8MiB(`"${'n'.repeat(255)}":0,`)}"":0}`, true],
    ['escapes', `"${to8MiB('\\u0061')}"`, true],
    ['half escapes', `"${to8MiB('\\\\')}\\`, false],
    ['white space', `${to8MiB(' ')}1${to8MiB('\n')}`, true],
    ['white space alone', to8MiB('\t'), false],
    ['one number', `-${to8MiB('9')}`, true],
    ['numbers', `[${to8MiB('1e5,')}0]`, true],
    ['strings', `[${to8MiB('"",')}0]`, true],
    ['characters of four bytes', `"${to8MiB('\u{1F600}').slice(0, 4 * MIB)}"`, true],
    ['an error at the begin', `]${to8MiB('1')}`, false],
    ['an error at the end', `[${to8MiB('1,')}]`, false],
  ];

  it.each(shapes)(
    'is linear: %s',
    (_, text, valid) => {
      const bytes = Buffer.from(text);
      expect(scanJson(bytes, 'payload') !== undefined).toBe(valid);
      expect(scanInPieces(bytes, [64 * 1024], 'payload') !== undefined).toBe(valid);
    },
    HANG_MS,
  );

  it('takes a million levels', () => {
    const depth = 1_000_000;
    expect(scanJson(Buffer.from('['.repeat(depth) + ']'.repeat(depth)))?.depth).toBe(depth);
    expect(scanJson(Buffer.from(`${'{"a":['.repeat(depth)}${']}'.repeat(depth)}`))?.depth).toBe(2 * depth);
    expect(scanJson(Buffer.from(`${'{"a":['.repeat(depth)}${'}]'.repeat(depth)}`))).toBeUndefined();
  });

  it('is shared: a short text of one account does not wait for a long one of another', async () => {
    const ended: string[] = [];
    const long = Buffer.from(`[${to8MiB('1,')}1]`);
    const all = ['a', 'a', 'b'].map(async (account, i) => {
      const found = await scanInTurns(i < 2 ? long : Buffer.from('{"a":1}'), account);
      ended.push(`${account}${i}`);
      return found?.bytes.length;
    });
    expect(await Promise.all(all)).toEqual([long.length, long.length, 7]);
    expect(ended[0]).toBe('b2');
  });
});
