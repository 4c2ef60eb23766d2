import { parse } from 'acorn';
import type * as ChainParserFile from '../../../../../src/sandbox/runner/syntax/chain-parser.js';
import { bundled } from '../../../../support/bundled.js';

const { ChainParser } = bundled('src/sandbox/runner/syntax/chain-parser.ts') as typeof ChainParserFile;

const OPTIONS = { ecmaVersion: 'latest', ranges: true, locations: true } as const;

const EXPRESSIONS = [
  'a + b * c - d / e % f',
  'a ** b ** c + d',
  'a || b && c || d',
  '(a ?? b) || (c ?? d) ?? (e || f)',
  'a < b === c > d !== (e in f) instanceof g',
  'a | b ^ c & d << e >> f >>> g',
  'a + (b + (c + d) + e) + [f + g, ...h + i] + { j: k + l }.m',
  'a = b + (c = d + e) ? f + g : h + (() => i + j)() + `${k + l}${m}`',
  'async function f() { for (var x = a + (b in c) + d; ; ) { await x + await y } for (z in a + b) ; }',
  'class C { #p; static has(o) { return #p in o && o.#p + 1 < 2 || !o } }',
  '-a ** b',
  'a ?? b || c',
  'a && b ?? c',
  'a + + b + - c + !d + typeof e + void f',
  'a +',
  'a + b + * c',
];

const outcome = (action: () => unknown): unknown => {
  try {
    return JSON.parse(JSON.stringify(action()));
  } catch (error) {
    return String(error);
  }
};

describe('ChainParser', () => {
  it.each(EXPRESSIONS)("makes the tree, or throws the error, of acorn's own parser: %s", (text) => {
    expect(outcome(() => ChainParser.parse(text, OPTIONS))).toEqual(outcome(() => parse(text, OPTIONS)));
  });

  it('parses operators in a row that overflow the stack there', () => {
    const text = Array.from({ length: 100_000 }, (_, i) => `a${i}`).join('+');
    expect(() => parse(text, OPTIONS)).toThrow(/stack/);
    expect(ChainParser.parse(text, OPTIONS).body).toHaveLength(1);
  });
});
