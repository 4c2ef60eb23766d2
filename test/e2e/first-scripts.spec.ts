/** What a newcomer writes first answers at once, at both levels; what cannot be answered says why. */
import { Binary } from '../support/binary.js';
import { CallError, DuplexClient } from '../support/duplex-client.js';

/** For scripts that time out; long enough for a process to start and call a function. */
const SHORT = { options: { timeout: 1000 } };

describe.each(['context', 'process'])('at isolation level %s', (level) => {
  let service: Binary;
  let client: DuplexClient;

  beforeAll(async () => {
    service = new Binary(['--port', '0', '--sandbox-isolation', level], { TIMEOUT: '60000' });
    client = await DuplexClient.connect(await service.listens());
  });

  afterAll(async () => {
    await client.close();
    service.kill('SIGTERM');
    await service.ended();
  });

  async function answer(payload: object): Promise<unknown> {
    try {
      return ((await client.call('runtime.execute', payload)) as { value: unknown }).value;
    } catch (error) {
      if (error instanceof CallError) return { code: error.code, data: error.data };
      throw error;
    }
  }

  it.each<[form: string, payload: object, value: unknown]>([
    ['a function', { code: 'function f() { return 7 }', call: 'f' }, 7],
    ['an arrow function', { code: 'const f = () => 7', call: 'f' }, 7],
    ['a default export', { code: 'export default () => 7' }, 7],
    ['module.exports', { code: 'module.exports = () => 7' }, 7],
    [
      'a typed export',
      { code: 'export function f(): number { return 7 }', language: 'typescript', call: 'f' },
      7,
    ],
    ['a typed default export', { code: 'export default (): number => 7', language: 'typescript' }, 7],
    ['an async function', { code: 'async function f() { return 7 }', call: 'f' }, 7],
    ['a method', { code: 'module.exports = { f() { return 7 } }', call: 'f' }, 7],
    ['a method with a quoted name', { code: 'module.exports = { "f"() { return 7 } }', call: 'f' }, 7],
    ['a static method', { code: 'module.exports = class { static f() { return 7 } }', call: 'f' }, 7],
    [
      'comments in the head',
      { code: 'function /* ( */ f /* ) */ ( /* a */ \n // b\n ) { return 7 }', call: 'f' },
      7,
    ],
    ['a function made of text', { code: 'const f = new Function("return 7")', call: 'f' }, 7],
    ['no value', { code: 'function f() {}', call: 'f' }, null],
    ['a value without JSON', { code: 'function f() { return f }', call: 'f' }, null],
    ['false', { code: 'const f = () => false', call: 'f' }, false],
    ['an object', { code: 'const f = () => ({ a: [1] })', call: 'f' }, { a: [1] }],
    [
      'a timer that is left',
      { code: 'function f() { setTimeout(() => { throw 1 }, 0); return 7 }', call: 'f' },
      7,
    ],
  ])('%s answers with what it returns', async (_, payload, value) => {
    expect(await answer(payload)).toEqual(value);
  });

  it.each<[claim: string, code: string, value: unknown]>([
    ['a callback that is called later', 'function f(cb) { return setTimeout(cb, 5, 8) }', 8],
    ['a callback that is called at once', 'function f(cb) { return cb(8) }', 8],
    ['a callback from arguments', 'function f() { setTimeout(arguments[0], 5, 8); return 7 }', 8],
    ['a callback with a default', 'function f(cb = 1) { setTimeout(cb, 5, 8); return 7 }', 8],
    ['rest parameters', 'const f = (...all) => { setTimeout(all[0], 5, 8); return 7 }', 8],
    ['a pattern', 'const f = ({ length } = 1) => 7', undefined],
    ['a bound function', 'const f = (function (cb) { setTimeout(cb, 5, 8); return 7 }).bind(null)', 8],
    ['a proxy', 'const f = new Proxy((...a) => { setTimeout(a[0], 5, 8); return 7 }, {})', 8],
    ['a computed name', 'exports.f = { [("f")]() { setTimeout(() => {}, 1); return 7 } }.f', undefined],
  ])('%s is as before', async (_, code, value) => {
    const answered = await answer({ code, call: 'f', ...(value === undefined && SHORT) });
    expect(value === undefined ? (answered as { code: number }).code : answered).toEqual(value ?? 1002);
  });

  it('says that a function returned without its callback', async () => {
    expect(await answer({ code: 'function f(cb) { return 7 }', call: 'f', ...SHORT })).toMatchObject({
      code: 1002,
      data: { hint: expect.stringMatching(/^the function returned without calling its callback/) },
    });
    expect(await answer({ code: 'async function f(cb) {}', call: 'f', ...SHORT })).toMatchObject({
      code: 1002,
      data: { hint: expect.stringMatching(/^the promise resolved to undefined/) },
    });
    const caller = '(callee) => callee()';
    expect(await answer({ code: 'const f = () => 7', call: 'f', caller, ...SHORT })).toMatchObject({
      code: 1002,
      data: { hint: expect.stringMatching(/^the caller returned/) },
    });
  });

  it('gives no hint while the function runs', async () => {
    const { data } = (await answer({ code: 'function f(cb) { for (;;); }', call: 'f', ...SHORT })) as {
      data: object;
    };
    expect(data).toEqual({ limit: 'wall', console: [] });
  });

  it.each<[payload: object, hint: string, functions: readonly string[]]>([
    [
      { code: 'function greet() {}', call: 'greeet' },
      'no function `greeet`; the script has `greet`',
      ['greet'],
    ],
    [
      { code: 'const a = () => 1, b = 2; class C {}', call: 'x' },
      'no function `x`; the script has `a`, `C`',
      ['a', 'C'],
    ],
    [{ code: 'export const a = () => 1', call: 'x' }, 'no function `x`; the script has `a`', ['a']],
    [
      { code: 'exports.a = () => 1; function b() {}', call: 'x' },
      'no function `x`; the script has `a`, `b`',
      ['a', 'b'],
    ],
    [{ code: '1 + 1' }, 'no `call` given and nothing exported', []],
    [{ code: 'function f() {}' }, 'no `call` given and no default export; the script has `f`', ['f']],
    [{ code: 'var f = 5', call: 'f' }, 'no function `f`; the script has no functions', []],
  ])('%j is answered with what there is', async (payload, hint, functions) => {
    expect(await answer(payload)).toMatchObject({ code: 1001, data: { hint, functions } });
  });

  it('bounds the names of functions', async () => {
    const code = `for (let i = 0; i < 1000; i++) exports['f' + i + 'a'.repeat(5000)] = () => 1`;
    const { data } = (await answer({ code, call: 'f' })) as { data: { functions: string[] } };
    expect(data.functions).toEqual(
      Array.from({ length: 20 }, (_, i) => `f${i}${'a'.repeat(100)}`.slice(0, 100)),
    );
  });
});
