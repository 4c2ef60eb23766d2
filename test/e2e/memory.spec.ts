/** A script that fills the memory ends itself, and nothing else. */
import { Binary } from '../support/binary.js';
import { CallError, DuplexClient } from '../support/duplex-client.js';

let service: Binary;
let client: DuplexClient;

beforeAll(async () => {
  service = new Binary(['--port', '0', '--timeout', '20000']);
  client = await DuplexClient.connect(await service.listens());
});

afterAll(async () => {
  await client.close();
  service.kill('SIGTERM');
  await service.ended();
});

async function run(code: string): Promise<unknown> {
  try {
    return await client.call('runtime.execute', { code, call: 'f' });
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return { code: error.code, message: error.message, data: error.data };
  }
}

// V8 itself, or the gateway that looks at all memory: whichever sees it first.
const limit: unknown = expect.stringMatching(/^(?:heap|memory)$/);
const EXHAUSTED = { code: 1003, message: 'Limit exceeded', data: { limit, console: ['filling'] } };
const BOMBS = [
  ['arrays', 'for (;;) a.push(new Array(1e5).fill(Math.random()))'],
  ['text', 'for (let t = "x"; ; ) a.push((t += Math.random() + t.slice(0, 1e6)))'],
  ['Buffers', 'for (;;) a.push(Buffer.alloc(1e7, 1))'],
  ['typed arrays', 'for (;;) a.push(new Float64Array(1e6).fill(1))'],
  ['objects made in timers', 'setInterval(() => { for (let i = 0; i < 1e5; i++) a.push({ i }) }, 1)'],
] as const;

const bomb = (text: string): string => `console.log("filling"); const a = []; function f(cb) { ${text} }`;

describe('the memory limit', () => {
  it.each(BOMBS)(
    'ends a script that fills the memory with %s; others are served meanwhile',
    async (_, text) => {
      const answer = run(bomb(text));
      for (let i = 0; i < 5; i++) expect(await run('function f(cb) { cb(1) }')).toMatchObject({ value: 1 });
      expect(await answer).toEqual(EXHAUSTED);
    },
  );

  it('ends eight at once, each for itself', async () => {
    const answers = Promise.all(Array.from({ length: 8 }, (_, i) => run(bomb(BOMBS[i % 4]?.[1] ?? ''))));
    for (let i = 0; i < 5; i++) expect(await run('function f(cb) { cb(1) }')).toMatchObject({ value: 1 });
    for (const answer of await answers) expect(answer).toEqual(EXHAUSTED);
  });

  it('leaves a script with a large heap alone, below the limit', async () => {
    const code = 'function f(cb) { cb(new Array(5e6).fill(1.5).reduce((sum, n) => sum + n)) }';
    expect(await run(code)).toMatchObject({ value: 7_500_000 });
  });
});
