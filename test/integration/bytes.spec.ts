/** Buffer, StringDecoder, TextDecoder, TextEncoder, URL, URLSearchParams, `querystring` and `url` of a context, beside Node's own. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installedPackages } from '../../src/sandbox/packages/installed-packages.js';
import { evaluatedByNode, installFixtures, runWithModules } from '../support/modules.js';

const COMPARE = fileURLToPath(new URL('../fuzz/bytes/compare.mjs', import.meta.url));
const FLAGS = ['--experimental-vm-modules', '--no-warnings'];
/** Cases of a run of a second or two; `node test/fuzz/bytes/compare.mjs` has a million. */
const CASES = 6000;

const packages = await installedPackages([
  installFixtures({ 'pkg/package.json': '{"name":"pkg","version":"1.0.0"}', 'pkg/index.js': '' }),
]);

/** What an expression comes to: its value, or the error that it throws. */
const outcome = (expression: string): string => `(() => {
  const show = (value) => require('util').inspect(value, { depth: 4 });
  try { return show(${expression}) } catch (e) { return '!' + e.name + '|' + e.code + '|' + e.message } })()`;

const BYTES = "Buffer.from('abc')";
const EXPRESSIONS = [
  ...['-1', '0, 10', '2, 1', "'1'", 'null'].map((args) => `${BYTES}.utf8Slice(${args})`),
  ...['5', "'x', 5", "'x', 3"].map((args) => `${BYTES}.latin1Write(${args})`),
  ...['{}', 'null', "'abc'", '[1]'].map((value) => `Buffer.prototype.utf8Slice.call(${value})`),
  ...['5', "'a', 9", "'a', 0, 9", "'a', 'nope'", "'a', 1, 'hex'", "'a', {}"].map(
    (args) => `${BYTES}.write(${args})`,
  ),
  ...[
    "1, 'zz', 'hex'",
    "3, ''",
    '3, new Uint8Array()',
    "3, 'a', 5",
    "3, 'a', 'nope'",
    "'5'",
    '-1',
    'NaN',
    '1e20',
    '1.5',
  ].map((args) => `Buffer.alloc(${args})`),
  ...[
    "'a'",
    'Buffer.alloc(3), -1',
    'Buffer.alloc(3), 0, 5',
    'Buffer.alloc(3), 0, 0, -1',
    'new Uint8Array(2)',
  ].map((args) => `${BYTES}.copy(${args})`),
  ...[
    "'a'",
    'Buffer.alloc(3), -1',
    'Buffer.alloc(3), 1.5',
    "Buffer.alloc(3), '1'",
    'Buffer.alloc(3), 0, 5',
  ].map((args) => `${BYTES}.compare(${args})`),
  ...['{}', "'a', 'nope'", "''", "'', 9", 'undefined'].map((args) => `${BYTES}.indexOf(${args})`),
  ...["'a'", '[1]', `[${BYTES}], -1`, `[${BYTES}], 1.5`, `[${BYTES}], '1'`, '[]'].map(
    (args) => `Buffer.concat(${args})`,
  ),
  ...[
    '5',
    'null',
    '{}',
    'Symbol()',
    '() => 1',
    "'a', 'nope'",
    "'a', {}",
    "{ length: '3' }",
    '{ length: 2, 0: 1 }',
    "{ type: 'Buffer', data: [1, 2] }",
    "new String('ab')",
    "{ [Symbol.toPrimitive]() { return 'q' } }",
    'new ArrayBuffer(4), 5',
    'new ArrayBuffer(4), 1, 5',
    "new ArrayBuffer(4), 'x', -1",
    'new Map()',
    'new Float64Array([1.5, 300])',
    'new Uint16Array([300, 5])',
    'new SharedArrayBuffer(2)',
  ].map((args) => `Buffer.from(${args})`),
  'Buffer(5)',
  "new Buffer('a')",
  "new Buffer(5, 'a')",
  'Buffer.of(1, 300)',
  'Buffer.name',
  'Buffer.length',
  ...['5', '1.5', "'1'", 'null', 'Infinity', '-1'].map((offset) => `${BYTES}.readUInt8(${offset})`),
  ...['0, 7', '', '0, 0', '0', '0, 1.5'].map((args) => `${BYTES}.readIntLE(${args})`),
  ...['300', "'5'", '', 'NaN', '1, null', '300, 0, true'].map((args) => `${BYTES}.writeUInt8(${args})`),
  ...['2 ** 33', '-1', '1.5'].map((value) => `Buffer.alloc(4).writeUInt32LE(${value})`),
  ...['-1n', '2n ** 70n', '5'].map((value) => `Buffer.alloc(8).writeBigUInt64LE(${value})`),
  ...['swap16', 'swap32', 'swap64'].map((name) => `${BYTES}.${name}()`),
  `Object.assign(${BYTES}, { x: 1 })`,
  'Buffer.alloc(60)',
  `${BYTES}.map((byte) => byte + 1)`,
  'class A extends Buffer {}'.replace(/^/, '(() => { ') + ' return A.name })()',
  "atob('a')",
  "atob('@@@@')",
  "atob('ab=')",
  'atob()',
  "btoa('\\u0100')",
  "new TextDecoder('nope')",
  "new TextDecoder('latin1').encoding",
  'new TextDecoder().decode([1])',
  'new TextDecoder()',
  'TextDecoder.prototype.decode.call({})',
  "new TextEncoder().encodeInto('a')",
  "new (require('string_decoder').StringDecoder)('nope')",
  "new (require('string_decoder').StringDecoder)('UCS2').encoding",
  "new (require('string_decoder').StringDecoder)().write(5)",
  `(() => { function S() { require('string_decoder').StringDecoder.call(this) }
    require('util').inherits(S, require('string_decoder').StringDecoder); return new S().write(${BYTES}) })()`,
  "new URL('x')",
  'new URL()',
  "new URL('http://u:p@a:8/x?y=1#z')",
  "({ a: { b: { c: new URL('http://a') } } })",
  'Object.keys(URL.prototype)',
  'Object.keys(URLSearchParams.prototype)',
  "new URLSearchParams('a=1&b=2').entries()",
  "new URLSearchParams('a=1').append('x')",
  "new URLSearchParams([['a', 'b', 'c']])",
  "(() => { const u = new URL('http://a/?b=1'); const p = u.searchParams; u.search = '?c=2'; return [p.get('c'), p === u.searchParams] })()",
  "(() => { const p = new URLSearchParams('a=1&b=2&c=3'); for (const k of p.keys()) p.delete(k); return p.toString() })()",
  "(() => { const u = new URL('http://a/'); for (let i = 0; i < 3000; i++) u.searchParams.append('k' + i, 'v'); return u.search.length })()",
  "require('url').parse('http://*/p').host",
  "require('url').parse('http://\\u00AD/x')",
  "require('url').parse('http://[::1')",
  "require('url').format({ host: 'a', pathname: '/b' })",
  "require('url').fileURLToPath('file://host/x')",
  "require('url').pathToFileURL('/a b?#').href",
];

describe('bytes, text and URLs of a context', () => {
  it(`are those of Node in ${CASES} random cases`, () => {
    const { stdout, stderr } = spawnSync(process.execPath, [...FLAGS, COMPARE, '--inputs', String(CASES)], {
      encoding: 'utf8',
      timeout: 100_000,
    });
    expect(stdout + stderr).toMatch(new RegExp(`^${CASES} cases, seed \\d+, Node \\S+: 0 differences\\n$`));
  }, 110_000);

  const codes = EXPRESSIONS.map(outcome);
  const expected = evaluatedByNode(codes);
  const ran = runWithModules(packages, codes);
  it.each(EXPRESSIONS.map((expression, index) => ({ expression, index })))(
    '$expression is as in Node',
    ({ index }) => {
      expect(ran[index]?.ok).toBe(expected[index]);
    },
  );
});
