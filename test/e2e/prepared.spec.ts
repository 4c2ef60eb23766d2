/** A prepared script does what the same script does with its code. */
import { Binary } from '../support/binary.js';
import { DuplexClient } from '../support/duplex-client.js';

let service: Binary;
let client: DuplexClient;
beforeAll(async () => {
  service = new Binary(['--port', '0', '--timeout', '2000']);
  client = await DuplexClient.connect(await service.listens());
});
afterAll(async () => {
  await client.close();
  service.kill('SIGKILL');
});

const still = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer).replaceAll(/"time":\d+/g, '"time":0'));

async function answerTo(payload: object): Promise<unknown> {
  try {
    return still(await client.call('runtime.execute', payload));
  } catch (error) {
    const { code, message, data } = error as { code: number; message: string; data: unknown };
    return still({ code, message, data });
  }
}

describe('a prepared script', () => {
  it.each([
    ['a callback', { code: 'function f(cb) { console.log("x", a); cb(a + 1); }' }, { globals: { a: 1 } }],
    ['a promise', { code: 'const f = async () => ({ a: [1, null] })' }, {}],
    [
      'a module',
      { code: 'import { join } from "path";\nexport async function f() { return join("a", "b"); }' },
      {},
    ],
    ['TypeScript', { code: 'exports.f = async (): Promise<number> => 5;', language: 'typescript' }, {}],
    ['a caller', { code: 'f = (x) => x * 2', caller: '(callee, cb) => cb(callee(21))' }, {}],
    ['an error in the code', { code: '\n  null.x;' }, {}],
    ['an error in the call', { code: 'function f() {\n  throw new RangeError("far");\n}' }, {}],
    ['an error in the caller', { code: 'f = () => 1', caller: '(callee) => { throw 5 }' }, {}],
    ['no such function', { code: 'var g' }, {}],
    ['a value that is too large', { code: 'f = (cb) => cb("x".repeat(9e6))' }, {}],
    ['a loop', { code: 'console.log("so far"); for (;;);' }, { options: { timeout: 300 } }],
    ['a state of its own', { code: 'n = (globalThis.n ?? 0) + 1; f = (cb) => cb(n)' }, {}],
  ])('answers as with its code: %s', async (_, texts, call) => {
    const { script } = (await client.call('runtime.prepare', texts)) as { script: string };
    const payload = { call: 'f', ...call };
    const expected = await answerTo({ ...texts, ...payload });
    for (let i = 0; i < 2; i++) expect(await answerTo({ script, ...payload })).toEqual(expected);
  });

  it.each([
    ['code', { code: 'foo bar' }],
    ['a module', { code: 'import { from "x";' }],
    ['TypeScript', { code: 'let x: = 5;', language: 'typescript' }],
    ['a caller', { code: 'f = () => 1', caller: 'foo bar' }],
  ])('is refused with what its execution would say, where it does not compile: %s', async (_, texts) => {
    const expected = (await answerTo({ ...texts, call: 'f' })) as object;
    const refusal = await client.call('runtime.prepare', texts).catch((error: unknown) => error);
    expect(refusal).toMatchObject(expected);
    expect(refusal).toMatchObject({ code: 1000, message: 'SyntaxError', data: { console: [] } });
  });
});
