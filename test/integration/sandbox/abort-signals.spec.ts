/** Signals made by `AbortSignal.any` of one that outlives them, in a runner with little memory. */
import { connect, type Client } from '../../../src/client/index.js';
import { Binary } from '../../support/binary.js';

/**
 * 20,000 signals, each with 8 KB: more than the memory, if they stay. A weak reference keeps its signal until the turn is
 * over.
 */
const CODE = `
  const { signal } = new AbortController();
  const kept = [];
  async function f() {
    for (let made = 0; made < 20000; made++) {
      const any = AbortSignal.any([AbortSignal.any([signal])]);
      any.weight = new Array(1000).fill(made);
      if (LISTENS) { const heard = () => {}; any.addEventListener('abort', heard); any.removeEventListener('abort', heard); }
      if (KEEPS) kept.push(any);
      if (made % 100 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    return 'done';
  }`;

let service: Binary;
let run: Client;
beforeAll(async () => {
  service = new Binary(['--port', '0', '--timeout', '20000'], { SANDBOX_MEMORY: '128' });
  run = connect(await service.listens());
});
afterAll(async () => {
  await run.close();
  service.kill('SIGKILL');
});

it.each([false, true])(
  'are forgotten once nobody holds them; with a listener that was removed: %s',
  async (listens) => {
    const globals = { LISTENS: listens, KEEPS: false };
    expect((await run.execute({ code: CODE, globals, call: 'f' })).value).toBe('done');
  },
);

it('would take more than the memory if they were kept', async () => {
  const globals = { LISTENS: false, KEEPS: true };
  await expect(run.execute({ code: CODE, globals, call: 'f' })).rejects.toMatchObject({ limit: 'memory' });
});

it('abort, if they have a listener, though nobody holds them', async () => {
  const { value } = await run.execute({
    code: `
      const controller = new AbortController();
      let heard = 0;
      async function f() {
        for (let i = 0; i < 100; i++) AbortSignal.any([AbortSignal.any([controller.signal])]).onabort = () => heard++;
        // Enough that memory is collected some times.
        for (let i = 0; i < 60; i++) { new Array(1e5).fill({ i }); await new Promise((resolve) => setTimeout(resolve)); }
        controller.abort();
        return heard;
      }`,
    call: 'f',
  });
  expect(value).toBe(100);
});
