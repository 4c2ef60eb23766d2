/** Contexts that are kept for a prepared script: what stays of a call, and what does not. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Execution, ExecutionWatcher, Outcome } from '../../../src/sandbox/index.js';
import { runnerPids } from '../../support/processes.js';
import { SandboxApp } from '../../support/sandbox-app.js';

let app: SandboxApp;
let ids = 0;
beforeAll(async () => {
  app = await SandboxApp.start({ minRunners: 1, maxRunners: 1, maxExecutionsPerRunner: 20 });
});
afterAll(() => app.close());

type More = Partial<Execution> & { readonly globals?: Record<string, unknown> };

/** Prepares a script; each call of what it gives runs in the context that is kept for it. */
function kept(code: string, of: Pick<Execution['script'], 'caller' | 'language'> = { caller: undefined }) {
  ids += 1;
  const prepared = `script ${ids}`;
  return (call: string, { globals = {}, ...more }: More = {}, watcher?: ExecutionWatcher): Promise<Outcome> =>
    app.sandbox.run(
      {
        script: { code, call, globals, ...of },
        prepared,
        reuse: true,
        modules: ['*'],
        timeoutMs: 2000,
        tenant: 't',
        ...more,
      },
      undefined,
      watcher,
    );
}

const valueOf = (outcome: Outcome): unknown => ('value' in outcome ? outcome.value : outcome);

describe('a context that is kept', () => {
  it('has run the code once, and keeps what the script left', async () => {
    const call = kept(
      'console.log("evaluated"); let n = 0; const f = async () => { console.log(n); return ++n; };',
    );
    expect(await call('f')).toMatchObject({ value: 1, console: ['evaluated', '0'] });
    expect(await call('f')).toMatchObject({ value: 2, console: ['1'] });
  });

  it('gets the globals of each call, and loses those of the last one', async () => {
    const call = kept('const f = async () => [typeof a, typeof b, typeof Buffer];');
    expect(valueOf(await call('f', { globals: { a: 1 } }))).toEqual(['number', 'undefined', 'function']);
    expect(valueOf(await call('f', { globals: { b: 'x', Buffer: 5 } }))).toEqual([
      'undefined',
      'string',
      'number',
    ]);
    expect(valueOf(await call('f'))).toEqual(['undefined', 'undefined', 'function']);
  });

  it('calls any function, through the caller, and says which is missing', async () => {
    const call = kept('const f = (x) => x + 1; function g(x) { return x + 2; }', {
      caller: '(callee, cb) => cb(callee(k))',
    });
    expect(valueOf(await call('f', { globals: { k: 1 } }))).toBe(2);
    expect(valueOf(await call('g', { globals: { k: 5 } }))).toBe(7);
    expect(await call('h', { globals: { k: 5 } })).toMatchObject({ kind: 'missing' });
    expect(valueOf(await call('f', { globals: { k: 2 } }))).toBe(3);
  });

  it.each([
    [
      'a module',
      'module',
      'import { join } from "path"; let n = await 0; export const f = async () => join("a", `${++n}`);',
    ],
    ['TypeScript', 'typescript', 'let n: number = 0; exports.f = async (): Promise<string> => `a/${++n}`;'],
  ] as const)('takes %s', async (_, language, code) => {
    const call = kept(code, { language, caller: undefined });
    expect(valueOf(await call('f'))).toBe('a/1');
    expect(valueOf(await call('f'))).toBe('a/2');
  });

  it('tells lines of errors as a fresh one does', async () => {
    const call = kept('\nfunction f() {\n  throw new TypeError("no");\n}');
    const first = await call('f');
    expect(first).toMatchObject({ kind: 'threw', thrown: { line: 3, column: 9, name: 'TypeError' } });
    expect(await call('f')).toMatchObject({ thrown: 'thrown' in first ? first.thrown : undefined });
  });

  it('is a new one where the code threw, or the modules are others', async () => {
    const throws = kept(
      'globalThis.n = (globalThis.n ?? 0) + 1; if (n === 1) throw new Error("once"); f = async () => n',
    );
    for (let i = 0; i < 2; i++) expect(await throws('f')).toMatchObject({ kind: 'threw' });
    const call = kept('let n = 0; const f = async () => ++n;');
    for (const n of [1, 2]) expect(valueOf(await call('f'))).toBe(n);
    expect(valueOf(await call('f', { modules: ['path'] }))).toBe(1);
  });

  it('is not that of another script with the same texts, nor of an execution that asks for a fresh one', async () => {
    const code = 'let n = 0; const f = async () => ++n;';
    const [one, other] = [kept(code), kept(code)];
    await one('f');
    expect(valueOf(await other('f'))).toBe(1);
    expect(valueOf(await one('f', { reuse: false }))).toBe(1);
    expect(valueOf(await one('f'))).toBe(2);
  });

  it('does not count towards the executions of a runner process', async () => {
    const call = kept('let n = 0; const f = async () => ++n;');
    await call('f');
    const [runner] = runnerPids();
    for (let i = 0; i < 40; i++) await call('f');
    expect([runnerPids(), valueOf(await call('f'))]).toEqual([[runner], 42]);
  });

  it('is one of eight at most: the one unused for longest goes', async () => {
    const calls = Array.from({ length: 9 }, () => kept('let n = 0; const f = async () => ++n;'));
    for (const call of calls) await call('f');
    const [first, , last] = [calls[0], calls[1], calls[8]];
    expect([valueOf((await last?.('f')) as Outcome), valueOf((await first?.('f')) as Outcome)]).toEqual([
      2, 1,
    ]);
  });
});

describe('what an earlier call has left', () => {
  it('answers nothing: its callback, its promise', async () => {
    const call = kept(`let old, go;
      const keep = (cb) => { old = cb; new Promise((r) => { go = r; }).then(() => cb('late')); cb('first'); };
      const wait = () => new Promise((r) => { go = () => r('late'); setTimeout(() => { throw new Error('over') }, 5); });
      const next = (cb) => { old('old'); go(); Promise.resolve().then(() => setTimeout(() => cb('next'), 20)); };`);
    expect(valueOf(await call('keep'))).toBe('first');
    expect(valueOf(await call('next'))).toBe('next');
    expect(await call('wait')).toMatchObject({ kind: 'threw', thrown: { message: 'over' } });
    expect(valueOf(await call('next'))).toBe('next');
  });

  it('runs no timer, logs nothing and holds nothing up', async () => {
    const call = kept(`const leave = (cb) => {
        setInterval(() => console.log('interval'), 1);
        setTimeout(() => console.log('timeout'), 1);
        setImmediate(() => console.log('immediate'));
        Promise.resolve().then(() => console.log('microtask'));
        console.group(); console.count(); console.time();
        cb(1);
      };
      const next = (cb) => setTimeout(() => { console.log('next'); console.count(); console.timeEnd(); cb(2); }, 20);`);
    expect(await call('leave')).toMatchObject({ value: 1, console: ['  default: 1'] });
    expect(await call('next')).toMatchObject({ value: 2, console: ['next', 'default: 1'] });
  });

  it('gets no answer of a function of the host’s', async () => {
    const call = kept(`let seen = [];
      const ask = (cb) => { host.slow().then((v) => seen.push(v)); cb('asked'); };
      const { slow } = host;
      const next = async () => { const v = await slow(); return [v, seen]; };
      const without = async () => slow().catch((error) => error.message);`);
    const answers = ['late', 'next'];
    const watcher = {
      call: async () => {
        const answer = answers.shift();
        await delay(answer === 'late' ? 30 : 60);
        return answer;
      },
    };
    const functions = ['slow'];
    expect(valueOf(await call('ask', { functions }, watcher))).toBe('asked');
    expect(valueOf(await call('next', { functions }, watcher))).toEqual(['next', []]);
    expect(valueOf(await call('without'))).toBe('slow is not available in this call');
  });

  it.each([
    ['finalizers', 'new FinalizationRegistry(() => {}).register({}, 1);'],
    [
      'work in threads of Node',
      'require("crypto").pbkdf2("a", "b", 200000, 32, "sha256", () => console.log("late"));',
    ],
  ])('is gone with its context where it could run again: %s', async (_, leave) => {
    const call = kept(`let n = 0; const f = (cb) => { if (leaves) { ${leave} } cb(++n); };`);
    for (const n of [1, 2]) expect(valueOf(await call('f', { globals: { leaves: false } }))).toBe(n);
    expect(valueOf(await call('f', { globals: { leaves: true } }))).toBe(3);
    expect(await call('f', { globals: { leaves: false } })).toMatchObject({ value: 1, console: [] });
  });

  it('is gone with its process after a deadline, and the next call finds a new context', async () => {
    const call = kept('let n = 0; const f = async () => ++n; const loop = async () => { for (;;); };');
    await call('f');
    expect(await call('loop', { timeoutMs: 100 })).toMatchObject({ kind: 'timedOut' });
    expect(valueOf(await call('f'))).toBe(1);
  });

  it('is gone with its process when it is large', async () => {
    const call = kept('const all = []; const f = async () => all.push(new Uint8Array(2 ** 22).fill(1));');
    const lengths = [];
    for (let i = 0; i < 80; i++) lengths.push(valueOf(await call('f')));
    expect(Math.max(...(lengths as number[]))).toBeLessThan(60);
  });
});

it('streams values and lines of each call', async () => {
  const call = kept('let n = 0; async function* f() { console.log(n); yield ++n; return "end"; }');
  for (const n of [1, 2]) {
    const seen: unknown[] = [];
    const watcher = {
      console: ({ text }: { text: string }) => void seen.push(text),
      yielded: (value: unknown) => void seen.push(value),
    };
    expect(valueOf(await call('f', {}, watcher))).toBe('end');
    expect(seen).toEqual([String(n - 1), n]);
  }
});

const prepare = (code: string, timeoutMs = 5000): Promise<Outcome> =>
  app.sandbox.prepare({
    script: { code, globals: {}, call: undefined, caller: undefined },
    modules: [],
    timeoutMs,
    tenant: 't',
  });

it('compiles a script without running it, within its deadline', async () => {
  expect(await prepare('for (;;);')).toMatchObject({ kind: 'returned', console: [] });
  expect(await prepare('let a;\nlet a;')).toMatchObject({ kind: 'threw', thrown: { line: 2, column: 5 } });
  // Two megabytes of small functions: parsed in far more than a millisecond.
  const slow = 'function f() { return [1, 2].map((x) => x); }\n'.repeat(50_000);
  expect(await prepare(slow, 1)).toMatchObject({ kind: 'timedOut', limit: 'wall' });
});
