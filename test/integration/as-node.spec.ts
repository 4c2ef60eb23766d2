/** Names, inspection, assertions and the order of ticks in a context, beside Node's own. */
import { readFileSync } from 'node:fs';
import { installedPackages } from '../../src/sandbox/packages/installed-packages.js';
import { evaluatedByNode, installFixtures, runWithModules } from '../support/modules.js';

const read = (name: string): string => readFileSync(new URL(`as-node/${name}`, import.meta.url), 'utf8');
const packages = await installedPackages([
  installFixtures({
    'ticks/package.json': '{"name":"ticks","version":"1.0.0"}',
    'ticks/index.js': 'module.exports = process.nextTick',
  }),
]);

/** What an expression comes to, without the frames of stacks, which are ours. */
const outcome = (expression: string): string => `(() => {
  const util = require('util'), assert = require('assert'), { inspect } = util;
  let text;
  try {
    const value = ${expression};
    text = typeof value === 'string' ? value : inspect(value, { depth: 6 });
  } catch (e) { text = '!' + e.name + '|' + e.code + '|' + e.message }
  return text.replace(/\\n\\s+at .*/g, '') })()`;

const expressionsOf = (file: string): string[] => read(file).trimEnd().split('\n');

const major = Number.parseInt(process.version.slice(1), 10);
/** Names, numbers of parameters and the texts of differences change with each version: those of Node 20 are held. */
const describeIn20 = major === 20 ? describe : describe.skip;
/** V8 has a function that tells the state of a promise up to here: see `runner/script/object-slots.ts`. */
const LAST_WITH_STATES = 22;
const FILES = [
  'inspect.txt',
  ...(major <= LAST_WITH_STATES ? ['promises.txt'] : []),
  ...(major === 20 ? ['assert.txt'] : []),
];

describe.each(FILES)('%s', (file) => {
  const expressions = expressionsOf(file);
  const codes = expressions.map(outcome);
  const expected = evaluatedByNode(codes);
  const ran = runWithModules(packages, [
    `[${codes.join(',\n')}].map((text) => JSON.stringify(text)).join('\\n')`,
  ]);
  const actual = String(ran[0]?.ok)
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

  it.each(expressions.map((expression, index) => ({ expression, index })))(
    '$expression is as in Node',
    ({ index }) => expect(actual[index]).toBe(expected[index]),
  );
});

type Named = Readonly<
  Record<string, readonly [name: string, tag: string, constructor?: string, length?: number]>
>;

/** Known to differ. */
const OTHER_NAMES = new RegExp(
  `^(?:${[
    // Node's classes of HTTP and streams have this method under another name.
    '(?:FormData|Headers|Request|Response|\\w+Stream)\\.prototype\\.Symbol\\(nodejs\\.util',
    'MessageChannel|MessagePort',
    'ReadableStreamBYOBReader\\.prototype\\.read',
    // Functions that Node shares or wraps, under internal names.
    'buffer\\.Buffer\\.prototype\\.(?:read|write)(?:Double|Float)',
    'crypto\\.(?:DiffieHellman\\.prototype|Hash\\.prototype\\._|createCipher\\.|createDecipher\\.)',
    'events\\.(?:init|setMaxListeners)',
    'http\\.(?:_connectionListener|validateHeader)',
    'path\\.(?:win32\\.)?format',
    'querystring\\.(?:un)?escape',
    'timers\\.(?:_unrefActive|active|enroll|unenroll)',
    'stream\\.(?:Readable\\.prototype\\.asIndexedPairs|(?:Readable|Writable)\\.toWeb)',
    'url\\.(?:format|parse|resolve)',
    // Without a prototype there.
    '(?:crypto|zlib)\\.constants',
  ].join('|')})`,
);
/** Modules whose functions are also compared by the number of their parameters. */
const COUNTED = /^(?:assert|events|path|perf_hooks|util)\b/;
const OTHER_LENGTHS = /^(?:events\.(?:init|setMaxListeners)|perf_hooks\.Performance\.prototype)/;

describeIn20('what builtins and globals export', () => {
  const [node, context] = [
    evaluatedByNode([read('names.js')])[0],
    runWithModules(packages, [read('names.js')])[0]?.ok,
  ].map((text) => JSON.parse(String(text)) as Named) as [Named, Named];
  const both = Object.keys(node).filter((path) => path in context);

  it('is compared as far as both have it', () => {
    expect(both.length).toBeGreaterThan(900);
  });

  it('has the name, tag and constructor that it has in Node', () => {
    const differ = both.filter(
      (path) =>
        !OTHER_NAMES.test(path) && String(node[path]?.slice(0, 3)) !== String(context[path]?.slice(0, 3)),
    );
    expect(differ.map((path) => ({ path, node: node[path], context: context[path] }))).toEqual([]);
  });

  it('takes as many parameters', () => {
    const differ = both.filter(
      (path) => COUNTED.test(path) && !OTHER_LENGTHS.test(path) && node[path]?.[3] !== context[path]?.[3],
    );
    expect(differ.map((path) => ({ path, node: node[path], context: context[path] }))).toEqual([]);
  });
});

it('process.nextTick runs its callbacks in the order of Node', () => {
  const program = read('ticks.js').replace(/;\n$/, '');
  const around = (nextTick: string): string =>
    `((nextTick) => ${program.slice(program.indexOf('new Promise'))})(${nextTick})`;
  const [expected] = evaluatedByNode([around('process.nextTick')]);
  const [ran] = runWithModules(packages, [around("require('ticks')")]);
  expect(ran?.ok).toBe(expected);
  expect(expected).toContain('tick of microtask');
});
