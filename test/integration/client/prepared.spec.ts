/** Prepared scripts in the client, against the program as users run it. */
import { connect, ScriptError, UnknownScriptError, type Client } from '../../../src/client/index.js';
import { Binary } from '../../support/binary.js';
import { freePort } from '../../support/free-port.js';

const CODE = 'let calls = 0; function add(cb) { cb([a + b, ++calls]); }';
const CALL = { globals: { a: 1, b: 2 }, call: 'add' };

let service: Binary;
let port: string;
let run: Client;
/** Room for about sixty small scripts, and one runner process, so that each call comes to the context of the last one. */
const start = async (): Promise<void> => {
  service = new Binary(['--port', port, '--prepared-tenant-bytes', '65536', '--max-concurrency', '1']);
  await service.listens();
};

beforeAll(async () => {
  port = await freePort();
  await start();
  run = connect(`ws://127.0.0.1:${port}`);
});

afterAll(async () => {
  await run.close();
  service.kill('SIGKILL');
});

describe('a prepared script', () => {
  it('is called with globals and without code, in a fresh context each time', async () => {
    const script = await run.prepare({ code: CODE });
    expect(script.id).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect((await script.execute<number[]>(CALL)).value).toEqual([3, 1]);
    expect((await script.execute({ ...CALL, globals: { a: 4, b: 5 } })).value).toEqual([9, 1]);
  });

  it('keeps its state with reuse', async () => {
    const script = await run.prepare({ code: `${CODE} // reused` });
    const options = { reuse: true };
    const values = [];
    for (let i = 0; i < 3; i++) values.push((await script.execute({ ...CALL, options })).value);
    expect(values).toEqual([
      [3, 1],
      [3, 2],
      [3, 3],
    ]);
  });

  it('supports host functions, a streamed console and a signal', async () => {
    const script = await run.prepare({
      code: 'async function f() { console.log("asks"); return await host.double(n); }',
    });
    const execution = script.execute({
      globals: { n: 21 },
      call: 'f',
      functions: { double: (n: number) => 2 * n },
    });
    const lines = [];
    for await (const { text } of execution.console) lines.push(text);
    expect([lines, (await execution).value]).toEqual([['asks'], 42]);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(script.execute({ call: 'f', signal })).rejects.toMatchObject({ code: 1004 });
  });

  it('is prepared again automatically, once for all calls, when the service has forgotten it', async () => {
    const script = await run.prepare({ code: CODE });
    for (let i = 0; i < 70; i++) await run.prepare({ code: `// ${i}` });
    const results = await Promise.all([script.execute(CALL), script.execute(CALL)]);
    expect(results.map(({ value }) => value)).toEqual([
      [3, 1],
      [3, 1],
    ]);
  });

  it('is prepared again after the service restarted', async () => {
    const script = await run.prepare({ code: CODE });
    service.kill('SIGKILL');
    await service.ended();
    await start();
    expect((await script.execute(CALL)).value).toEqual([3, 1]);
  });
});

it('prepare() rejects a script that does not compile, with its line', async () => {
  const error = await run.prepare({ code: 'let x = 1;\nlet x = 2;' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ScriptError);
  expect(error).toMatchObject({ name: 'SyntaxError', line: 2, column: 5 });
});

it('UnknownScriptError says that nothing ran', () => {
  expect(new UnknownScriptError({ code: 1104, message: 'Unknown script' }).mayHaveRun).toBe(false);
});
