/** Each limit ends what passes it, says which one it was, and leaves the next script alone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SandboxApp } from '../../support/sandbox-app.js';
import { until } from '../../support/until.js';

let app: SandboxApp;

beforeAll(async () => {
  app = await SandboxApp.start({
    minRunners: 2,
    maxRunners: 4,
    maxHeapBytes: 64 * 2 ** 20,
    maxMemoryBytes: 256 * 2 ** 20,
    maxCpuMs: 600,
    maxResultBytes: 1000,
    maxDepth: 10,
    maxCodeBytes: 2000,
    maxGlobalsBytes: 2000,
    maxConsoleLines: 5,
    maxConsoleBytes: 100,
  });
});

afterAll(() => app.close());

// oxlint-disable jest/no-standalone-expect -- true after every case: the next script is served
afterEach(async () => {
  expect(await app.run('cb(1)')).toMatchObject({ kind: 'returned', value: 1 });
});
// oxlint-enable jest/no-standalone-expect

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('memory', () => {
  it.each([
    ['arrays', 'heap', 'const a = []; for (;;) a.push(new Array(1e4).fill(1.5));'],
    // Whichever sees it first.
    [
      'one large array',
      expect.stringMatching(/^(?:heap|memory)$/) as string,
      'cb(new Array(3e7).fill(7).length)',
    ],
    ['closures', 'heap', 'let a; for (;;) { const b = a; a = () => b; }'],
    ['a map', 'heap', 'const a = new Map(); for (let i = 0; ; i++) a.set(i, {});'],
    ['buffers', 'memory', 'const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1));'],
    ['one large buffer', 'memory', 'new Uint8Array(5e8).fill(1); for (;;);'],
  ])('is limited: %s', async (_, limit, bomb) => {
    expect(await app.run(bomb)).toMatchObject({ kind: 'exhausted', limit });
  });
});

describe('a runner process', () => {
  it('that has kept most of what its script may have is replaced, where that is less than others may have', async () => {
    const own = await SandboxApp.start({ minRunners: 1, maxMemoryBytes: 512 * 2 ** 20 });
    const limits = { maxMemoryBytes: 160 * 2 ** 20 };
    const keeping =
      'const kept = new Uint8Array(7e7).fill(1); const end = Date.now() + 200; while (Date.now() < end); cb(kept.length)';
    expect(await own.run('cb(1)', { limits })).toMatchObject({ kind: 'returned' });
    expect(own.status.state.tally.ended.recycled).toBe(0);
    expect(await own.run(keeping, { limits })).toMatchObject({ kind: 'returned' });
    expect(await own.run('cb(1)', { limits })).toMatchObject({ kind: 'returned' });
    await until(() => own.status.state.tally.ended.recycled === 1);
    await own.close();
  });
});

describe('time', () => {
  it('of the processor is limited apart from that of the clock', async () => {
    expect(await app.run('for (;;);')).toMatchObject({ kind: 'timedOut', limit: 'cpu' });
  });

  it('spent waiting is no time of the processor', async () => {
    expect(await app.run('setTimeout(cb, 1000, 1)')).toMatchObject({ kind: 'returned' });
  });

  it('of the clock is limited', async () => {
    const outcome = await app.run('setTimeout(cb, 5000)', { timeoutMs: 100 });
    expect(outcome).toMatchObject({ kind: 'timedOut', limit: 'wall' });
  });
});

describe('a result', () => {
  it.each([
    ['of as many bytes as may be', "'é'.repeat(499)", { kind: 'returned' }],
    [
      'of more bytes, though not of more characters',
      "'é'.repeat(500)",
      { kind: 'exhausted', limit: 'result' },
    ],
    ['as deep as may be', nested(10), { kind: 'returned' }],
    ['deeper', nested(11), { kind: 'exhausted', limit: 'depth' }],
    ['that only looks deep', JSON.stringify(`\\"${'['.repeat(50)}\\\\`), { kind: 'returned' }],
  ])('%s', async (_, value, outcome) => {
    expect(await app.run(`cb(${value})`)).toMatchObject(outcome);
  });
});

describe('a console', () => {
  it.each([
    ['of too many lines', 'for (let i = 0; i < 9; i++) console.log(i)', ['0', '1', '2', '3', '4']],
    [
      'of too many bytes',
      "console.log('é'.repeat(45)); console.log('12345678901'); console.log(1)",
      ['é'.repeat(45)],
    ],
    ['of one line that is too long', "console.log('x'.repeat(1e7))", []],
  ])('%s is cut, and says so', async (_, body, kept) => {
    const outcome = await app.run(`${body}; cb(1)`);
    const console = [...kept, `[console cut after ${kept.length} lines]`];
    expect(outcome).toMatchObject({ kind: 'returned', value: 1, console });
  });

  it('that never ends is cut too', async () => {
    const { console } = await app.run("for (;;) console.log('xxxxxxxxxxxxxxxxxxxxxxxxx')", {
      timeoutMs: 300,
    });
    expect(console).toHaveLength(5);
  });
});

describe('a script', () => {
  const script = { code: '', globals: {}, call: undefined, caller: undefined };
  it.each([
    ['code', { ...script, code: ' '.repeat(2001) }],
    ['caller', { ...script, caller: 'é'.repeat(1001) }],
    ['globals', { ...script, globals: { x: 'x'.repeat(2000) } }],
    ['depth', { ...script, globals: { x: JSON.parse(nested(10)) as unknown } }],
    // So deep that Node before 26 makes no JSON of it, and too long besides.
    ['depth', { ...script, globals: { x: JSON.parse(nested(100_000)) as unknown } }],
  ])('too large in its %s is refused, and nothing of it runs', async (limit, large) => {
    const outcome = await app.run('', { script: { ...large, code: `${large.code} for (;;);` } });
    expect(outcome).toEqual({ kind: 'exhausted', limit, console: [] });
  });
});

describe('a console past its limit', () => {
  it('ends the script where the operator says so', async () => {
    const strict = await SandboxApp.start({ minRunners: 1, maxConsoleLines: 2, consoleExcess: 'end' });
    const outcome = await strict.run('for (let i = 0; ; i++) console.log(i)');
    await strict.close();
    expect(outcome).toMatchObject({
      kind: 'exhausted',
      limit: 'console',
      console: ['0', '1', '[console cut after 2 lines]'],
    });
  });
});

describe('eight bombs at once', () => {
  it('leave the calls of a bystander right', async () => {
    const bombs = Array.from({ length: 8 }, () =>
      app.run('const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1));', { tenant: 'bomber' }),
    );
    await sleep(20);
    for (let i = 0; i < 5; i++)
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await app.run(`cb(${i})`)).toMatchObject({ kind: 'returned', value: i });
    for (const outcome of await Promise.all(bombs)) expect(outcome.kind).toMatch(/exhausted|timedOut/);
  });
});

describe('time that the script waits for its host', () => {
  const ENDLESS = 'function f() { return (async () => { for (;;) try { await host.g() } catch {} })() }';

  it.each([
    ['the sandbox’s own', 60_000, undefined],
    ['the tenant’s', 60_000, 300],
  ])('has a ceiling by the clock: %s', async (_, own, tenants) => {
    const other = await SandboxApp.start({
      minRunners: 1,
      maxRunners: 1,
      maxHostTimeMs: tenants === undefined ? 300 : own,
    });
    const script = { code: ENDLESS, globals: {}, call: 'f', caller: undefined };
    const outcome = await other.sandbox.run(
      {
        script,
        modules: [],
        timeoutMs: 200,
        tenant: 't',
        functions: ['g'],
        hostTime: 'pauses',
        limits: tenants === undefined ? undefined : { maxHostTimeMs: tenants },
      },
      undefined,
      { call: () => new Promise(() => undefined) },
    );
    expect(outcome).toMatchObject({ kind: 'timedOut', limit: 'wall' });
    // And the runner is free.
    expect(await other.run('cb(1)')).toMatchObject({ value: 1 });
    await other.close();
  });
});
