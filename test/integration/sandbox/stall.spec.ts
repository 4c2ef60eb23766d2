/** The gateway's loop stands still: what runners have said meanwhile counts, and no script pays for it. */
import { SandboxApp } from '../../support/sandbox-app.js';
import { until } from '../../support/until.js';

let app: SandboxApp;

beforeEach(async () => {
  app = await SandboxApp.start({ minRunners: 1, maxRunners: 1, queueTimeoutMs: 300 });
  // Everything is loaded by then, and the next script is sent at once.
  await app.run('cb()');
  await until(() => app.status.state.runners.idle === 1);
});

afterEach(() => app.close());

const clock = new Int32Array(new SharedArrayBuffer(4));

/** Nothing of this process runs for so long. */
function stall(ms: number): void {
  Atomics.wait(clock, 0, 0, ms);
}

describe('a stall of the gateway past the deadline', () => {
  it.each([
    ['a value', 'cb(1)', 1],
    ['a value after many lines', 'for (let i = 0; i < 600; i++) console.log(i); cb(2)', 2],
    ['a value that is longer than the pipe', 'cb("x".repeat(4e6))', 'x'.repeat(4e6)],
  ])('does not make a timeout of %s that was given in time', async (_, body, value) => {
    const answer = app.run(body, { timeoutMs: 300 });
    stall(1000);
    const outcome = await answer;
    expect(outcome.kind).toBe('returned');
    // Compared outside of expect, which would print megabytes.
    expect(outcome.kind === 'returned' && outcome.value === value).toBe(true);
  });

  it('does not save a script that runs on', async () => {
    const answer = app.run('console.log("before"); for (;;);', { timeoutMs: 300 });
    stall(1000);
    expect(await answer).toMatchObject({ kind: 'timedOut', limit: 'wall', console: ['before'] });
  });

  it('does not end a script that waits for its host, whose time stands still', async () => {
    const code = 'async function f() { return await host.g(); }';
    const script = { code, globals: {}, call: 'f', caller: undefined };
    const execution = { script, modules: [], timeoutMs: 300, tenant: 't' } as const;
    const answer = app.sandbox.run({ ...execution, functions: ['g'], hostTime: 'pauses' }, undefined, {
      call: async () => 5,
    });
    stall(1000);
    expect(await answer).toMatchObject({ kind: 'returned', value: 5 });
  });

  it('turns nobody away for whom a runner process has become idle meanwhile', async () => {
    const first = app.run('setTimeout(() => cb(1), 50)');
    const second = app.run('cb(2)');
    stall(1000);
    expect(await first).toMatchObject({ value: 1 });
    expect(await second).toMatchObject({ value: 2 });
  });

  it('does not replace a runner process that rests', async () => {
    const { started } = app.status.state.tally;
    await app.run('cb(1)');
    stall(1500);
    expect(await app.run('cb(2)')).toMatchObject({ value: 2 });
    expect(app.status.state.tally.started).toBe(started);
  });
});
