/** Signals made by `AbortSignal.any` of one that outlives them, in a runner with little memory. */
import { connect } from '../../../src/client/index.js';
import { Binary } from '../../support/binary.js';

/** 200,000 signals would take more than the memory; a weak reference keeps its signal until the turn is over. */
const CODE = `
  const { signal } = new AbortController();
  async function f(before, after) {
    for (let made = 0; made < 200000; made++) {
      const any = AbortSignal.any([AbortSignal.any([signal])]);
      if (LISTENS) { const heard = () => {}; any.addEventListener('abort', heard); any.removeEventListener('abort', heard); }
      if (made % 1000 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    return 'done';
  }`;

it.each([false, true])(
  'are forgotten once nobody holds them; with a listener that was removed: %s',
  async (listens) => {
    const service = new Binary(['--port', '0', '--timeout', '60000'], { LIMITS_MAX_TIMEOUT: '60000' });
    const run = connect(await service.listens());
    try {
      const { value } = await run.execute({
        code: CODE,
        globals: { LISTENS: listens },
        call: 'f',
      });
      expect(value).toBe('done');
    } finally {
      await run.close();
      service.kill('SIGKILL');
    }
  },
  90_000,
);

it('abort, if they have a listener, though nobody holds them', async () => {
  const service = new Binary(['--port', '0', '--timeout', '20000']);
  const run = connect(await service.listens());
  try {
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
  } finally {
    await run.close();
    service.kill('SIGKILL');
  }
});
