/** What the code of an execution may be: a script, CommonJS, a module; and where its errors point. */
import { Binary } from '../support/binary.js';
import { CallError, DuplexClient } from '../support/duplex-client.js';
import { installFixtures } from '../support/modules.js';

const moduleDir = installFixtures({
  'esm/package.json': '{"name":"esm","version":"1.0.0","type":"module"}',
  'esm/index.js':
    'export const one = 1; export let n = 0; export const add = () => ++n; export default () => "d"',
  'cjs/package.json': '{"name":"cjs","version":"1.0.0"}',
  'cjs/index.js': 'exports.two = 2',
  'throws/package.json': '{"name":"throws","version":"1.0.0"}',
  'throws/index.js': 'throw new TypeError("no")',
});

let service: Binary;
let client: DuplexClient;

beforeAll(async () => {
  service = new Binary(['--port', '0', '--sandbox-modules-dir', moduleDir], { MODULES: '*' });
  client = await DuplexClient.connect(await service.listens());
});

afterAll(async () => {
  await client.close();
  service.kill('SIGTERM');
  await service.ended();
});

async function answer(payload: object): Promise<unknown> {
  try {
    const { value } = (await client.call('runtime.execute', payload)) as { value: unknown };
    return value;
  } catch (error) {
    if (error instanceof CallError) return { code: error.code, message: error.message, data: error.data };
    throw error;
  }
}

const f = (code: string, rest: object = {}) => answer({ code, call: 'f', ...rest });
const ts = (code: string) => f(code, { language: 'typescript' });
const dataOf = async (code: string) => ((await f(code)) as { data: object }).data;

describe('a module', () => {
  const cases: readonly [claim: string, code: string, value: unknown][] = [
    ['exports the function to call', 'export function f(cb) { cb(5) }', 5],
    ['is told by an import', 'import "cjs"; export const f = async () => 5', 5],
    [
      'imports from ES modules and CommonJS',
      'import d, { one } from "esm"; import { two } from "cjs"; import * as ns from "esm"; export const f = async () => [d(), one, two, ns.one]',
      ['d', 1, 2, 1],
    ],
    [
      'imports builtins',
      'import { join } from "node:path"; export const f = async () => join("a", "b")',
      'a/b',
    ],
    [
      'sees bindings change',
      'import { n, add } from "esm"; export const f = async () => [n, add(), n]',
      [0, 1, 1],
    ],
    [
      'awaits at its top level',
      'const later = await new Promise((r) => setTimeout(r, 5, "later")); export const f = async () => later',
      'later',
    ],
    [
      'is told by its await alone',
      'const x = await import("esm"); export { f }; async function f() { return x.one }',
      1,
    ],
    ['has globals of the call', 'export const f = async () => g', 7],
    ['has import.meta', 'export const f = async () => import.meta.url', 'file:///script.js'],
    ['is strict', 'export const f = async () => (function () { return this === undefined })()', true],
    ['has require', 'export const f = async () => require("cjs").two', 2],
    ['exports under any name', 'const g = async () => 3; export { g as f }', 3],
    ['has its own instances', 'import { add } from "esm"; export const f = async () => add()', 1],
  ];

  it.each(cases)('%s', async (_, code, value) => {
    expect(await f(code, { globals: { g: 7 } })).toEqual(value);
  });

  it('is called by its default export when no name is given', async () => {
    expect(await answer({ code: 'export default async () => 5' })).toBe(5);
  });

  it('answers 1001 for what it does not export', async () => {
    expect(await f('function f() {} export const g = 1')).toMatchObject({ code: 1001 });
    expect(await f('export const f = 5')).toMatchObject({ code: 1001 });
    expect(await f('var f = async () => 1', { language: 'module' })).toMatchObject({ code: 1001 });
  });

  it('is called through a caller', async () => {
    const caller = '(callee, cb) => cb(callee(2))';
    expect(await f('export const f = (x) => x * 2', { caller })).toBe(4);
  });
});

describe('a classic script', () => {
  it('imports on demand', async () => {
    expect(
      await f('async function f() { return [(await import("esm")).one, (await import("cjs")).default.two] }'),
    ).toEqual([1, 2]);
  });

  it('exports as CommonJS does', async () => {
    expect(await f('exports.f = async () => 5')).toBe(5);
    expect(await f('module.exports = { f: async () => 6 }')).toBe(6);
    expect(await f('module.exports = class { static async f() { return 7 } }')).toBe(7);
    expect(await answer({ code: 'module.exports = async () => 8' })).toBe(8);
  });

  it('calls its global function where it exports none of the name', async () => {
    expect(await f('exports.other = 1; async function f() { return 5 }')).toBe(5);
  });

  it('finds no module where it asks whether there is one', async () => {
    expect(
      await f(
        '(function (root) { typeof module === "object" ? (module.exports = {}) : (root.f = async () => "global") })(this)',
      ),
    ).toBe('global');
  });

  it('keeps a module that the call gives', async () => {
    expect(
      await f('async function f() { return module.exports }', { globals: { module: { exports: 5 } } }),
    ).toBe(5);
  });
});

describe('an error of a module', () => {
  it('has the line and the column of the author', async () => {
    const code =
      'import d, { one } from "esm";\n\nexport async function f() { d(one, one);  throw new Error("x") }';
    expect(await f(code)).toMatchObject({
      code: 1000,
      data: { message: 'x', line: 3, column: 49, stack: 'Error: x\n    at f (script.js:3:49)' },
    });
    expect(await f('export async function f() { throw new Error("x") }')).toMatchObject({
      data: { line: 1, column: 35 },
    });
  });

  it('after it has awaited is answered', async () => {
    expect(await f('await 1\nthrow new TypeError("late")')).toMatchObject({
      code: 1000,
      message: 'TypeError',
      data: { line: 2, column: 7 },
    });
  });

  it('of syntax has its place', async () => {
    expect(await f('export const f = 1\n  import x from')).toMatchObject({
      message: 'SyntaxError',
      data: { line: 2 },
    });
    expect(await f('function f() {\n  await 5 }')).toMatchObject({
      data: {
        excerpt: '  await 5 }\n  ^',
        line: 2,
        column: 3,
        message: 'await is only valid in async functions and the top level bodies of modules',
      },
    });
  });

  it('of an import says which of three it is', async () => {
    expect(await dataOf('import "gone"')).toMatchObject({
      message: expect.stringMatching(/^Cannot find module 'gone': it is not installed/),
    });
    expect(await dataOf('import "fs"')).toMatchObject({
      message: expect.stringMatching(/never available at isolation level context/),
    });
    expect(await dataOf('import "throws"')).toMatchObject({
      message: "Cannot load module 'throws': TypeError: no",
    });
    expect(await dataOf('import { three } from "cjs"')).toMatchObject({
      message: "The requested module 'cjs' does not provide an export named 'three'",
    });
  });
});

describe('TypeScript', () => {
  it('is run without its types, as a script or as a module', async () => {
    expect(
      await ts(
        'interface A<T> { x?: T }\nasync function f(this: void, a?: A<string>): Promise<number> { return (5 as any)! satisfies number }',
      ),
    ).toBe(5);
    expect(
      await ts(
        'import { one, type Nothing } from "esm"; import type { A } from "a";\nexport const f = async <T,>(a?: T): Promise<number> => one as number',
      ),
    ).toBe(1);
    expect(
      await ts(
        'class C<T> implements Iterable<T> { private x: number = 3; declare y: T; get(): number { return this.x } }\nexports.f = async () => new C<string>().get()',
      ),
    ).toBe(3);
  });

  it('has the lines and the columns of the author', async () => {
    expect(
      await ts(
        'type A =\n  | "b";\nconst a: A = "b"; async function f(): Promise<void> { throw new Error(a) }',
      ),
    ).toMatchObject({
      data: { message: 'b', line: 3, column: 61 },
    });
  });

  it('that does not parse, or is more than types, is a syntax error with its place', async () => {
    expect(await ts('let x: = 5')).toMatchObject({ message: 'SyntaxError', data: { line: 1, column: 8 } });
    expect(await ts('\nenum A { b }')).toMatchObject({
      message: 'SyntaxError',
      data: { message: 'TypeScript enum is not supported in strip-only mode', line: 2, column: 1 },
    });
  });

  it('is told by the language only', async () => {
    expect(await f('let x: number = 5')).toMatchObject({ message: 'SyntaxError' });
  });
});

it('answers a language that it does not know with 1100', async () => {
  expect(await f('', { language: 'cobol' })).toMatchObject({ code: 1100 });
});
