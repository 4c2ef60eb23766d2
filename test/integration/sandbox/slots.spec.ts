/** No error of what surrounds an execution costs a runner process, or the place of one. */
import type { Egress, EgressSession } from '../../../src/sandbox/egress.js';
import { SandboxApp } from '../../support/sandbox-app.js';
import { until } from '../../support/until.js';

let app: SandboxApp;

beforeEach(async () => {
  app = await SandboxApp.start({ minRunners: 1, maxRunners: 1, maxHeapBytes: 32 * 1024 * 1024 });
});

afterEach(() => app.close());

const nothing = (): void => undefined;

function fails(): never {
  throw new Error('the egress of an application fails');
}

describe('an egress that throws', () => {
  it('fails the execution, and its runner process goes on', async () => {
    const { started } = app.status.state.tally;
    for (let i = 0; i < 3; i++)
      await expect(app.run('cb(1)', { egress: { open: fails } })).rejects.toThrow('of an application');
    expect(await app.run('cb(2)')).toMatchObject({ kind: 'returned', value: 2 });
    await until(() => app.status.state.runners.running === 0);
    expect(app.status.state.tally.started).toBe(started);
  });

  const session: EgressSession = {
    request: () => ({ write: fails, end: fails, abort: fails, pause: fails, resume: fails }),
    close: nothing,
  };
  it.each([
    ['begins', { ...session, request: fails }, 'fetch("http://a.example/").catch(() => cb(1))'],
    ['is sent', session, 'fetch("http://a.example/", { method: "POST", body: "b" }).catch(() => cb(1))'],
    ['is over', { ...session, close: fails }, 'cb(1)'],
  ])('when a request %s fails the request only', async (_, open, body) => {
    const egress: Egress = { open: () => open };
    expect(await app.run(body, { egress })).toMatchObject({ kind: 'returned', value: 1 });
    expect(await app.run('cb(2)')).toMatchObject({ kind: 'returned', value: 2 });
  });
});

describe('a request whose URL is too long for the pipe', () => {
  it('fails in the script, and the runner violates no protocol', async () => {
    const egress: Egress = { open: () => ({ request: fails, close: () => undefined }) };
    const body = 'fetch("http://a.example/" + "x".repeat(1e6)).catch((error) => cb(error.cause.code))';
    expect(await app.run(body, { egress })).toMatchObject({ value: 'ERR_EGRESS_INVALID_REQUEST' });
    expect(app.status.state.tally.ended.protocol_violation).toBe(0);
  });
});

describe('an execution that is cancelled before anything was sent', () => {
  it('takes no runner process with it', async () => {
    const { started } = app.status.state.tally;
    for (let i = 0; i < 3; i++)
      expect(await app.run('cb(1)', {}, AbortSignal.abort())).toMatchObject({ kind: 'cancelled' });
    expect(await app.run('cb(2)')).toMatchObject({ kind: 'returned', value: 2 });
    expect(app.status.state.tally.started).toBe(started);
  });
});

describe('a runner process that ends while a script runs', () => {
  it('is counted as what it died of, and not as one that did not start', async () => {
    const { ended } = app.status.state.tally;
    const before = { ...ended };
    const outcome = await app.run('const kept = []; for (;;) kept.push({ a: [kept.length] });');
    expect(outcome).toMatchObject({ kind: 'exhausted', limit: 'heap' });
    await until(() => ended.exhausted === before.exhausted + 1);
    expect(ended.start_failed).toBe(before.start_failed);
  });
});

describe('a script with a very long identifier that does not compile', () => {
  it('is told so in a short error', async () => {
    const name = 'x'.repeat(100_000);
    const script = { code: `let ${name}; let ${name};`, globals: {}, call: 'f', caller: undefined };
    const outcome = await app.sandbox.run({ script, modules: [], timeoutMs: 10_000, tenant: 't' });
    expect(outcome).toMatchObject({ kind: 'threw', thrown: { name: 'SyntaxError' } });
    expect(JSON.stringify(outcome).length).toBeLessThan(200_000);
  });
});
