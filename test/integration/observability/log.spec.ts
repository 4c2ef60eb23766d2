/** The log of the real program. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Binary } from '../../support/binary.js';
import { DuplexClient } from '../../support/duplex-client.js';

const started: Binary[] = [];
const add = { code: 'function add(cb) { cb(a + b) }', globals: { a: 1, b: 2 }, call: 'add' };

function start(environment: Readonly<Record<string, string>> = {}): Binary {
  const binary = new Binary(['--port', '0', '--timeout', '200'], environment);
  started.push(binary);
  return binary;
}

afterEach(() => {
  for (const binary of started.splice(0)) binary.kill('SIGKILL');
});

/** Lines of executions, as objects. */
function executionsOf(binary: Binary): readonly Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = binary.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return lines.filter(({ context }) => context === 'Execution');
}

describe('the log', () => {
  it('has one JSON line for each execution, with its outcome, times and sizes', async () => {
    const before = Date.now();
    const binary = start();
    const client = await DuplexClient.connect(await binary.listens());
    await client.call('runtime.execute', add);
    await expect(client.call('runtime.execute', { code: 'throw 1' })).rejects.toMatchObject({ code: 1000 });
    await expect(
      client.call('runtime.execute', { code: 'function f() {}', call: 'f' }),
    ).rejects.toMatchObject({ code: 1002 });
    await expect(client.call('runtime.execute', 5)).rejects.toMatchObject({ code: 1100 });
    binary.kill('SIGTERM');
    expect(await binary.ended()).toBe(0);
    const lines = executionsOf(binary);
    expect(lines).toMatchObject([
      { outcome: 'returned' },
      { outcome: 'threw', code: 1000 },
      { outcome: 'timedOut', code: 1002 },
    ]);
    const number = expect.any(Number);
    expect(lines[1]).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      context: 'Execution',
      id: expect.stringMatching(/^[\da-f]{8}-2$/),
      tenant: 'default',
      outcome: 'threw',
      code: 1000,
      queuedMs: number,
      startMs: number,
      runMs: number,
      replyMs: number,
      totalMs: number,
      requestBytes: number,
      replyBytes: number,
      msg: 'executed',
    });
    const [, shown = ''] =
      /<!-- log-line -->\s*```json\n([^]*?)\n *```/.exec(readFileSync('README.md', 'utf8')) ?? [];
    expect(Object.keys(JSON.parse(shown))).toEqual(Object.keys(lines[0] ?? {}));
    expect(new Set(lines.map(({ id }) => id)).size).toBe(3);
    expect(lines[2]?.['runMs']).toBeGreaterThanOrEqual(200);
    expect(lines[2]?.['totalMs']).toBeGreaterThanOrEqual(Number(lines[2]?.['runMs']));
    for (const { time } of lines) {
      expect(Date.parse(String(time))).toBeGreaterThanOrEqual(before);
      expect(Date.parse(String(time))).toBeLessThanOrEqual(Date.now());
    }
  });

  it('warns of executions that fail for no fault of theirs', async () => {
    const binary = start({ MAX_CONCURRENCY: '1', SANDBOX_MIN_RUNNERS: '1', QUEUE_SIZE: '0' });
    const client = await DuplexClient.connect(await binary.listens());
    const first = client.call('runtime.execute', { code: 'function f() {}', call: 'f' });
    await expect(client.call('runtime.execute', add)).rejects.toMatchObject({ code: 1200 });
    await expect(first).rejects.toMatchObject({ code: 1002 });
    binary.kill('SIGTERM');
    await binary.ended();
    expect(executionsOf(binary)).toMatchObject([
      { level: 'warn', outcome: 'busy', code: 1200 },
      { level: 'info', outcome: 'timedOut', code: 1002 },
    ]);
  });

  it('leaves out what is less than its level', async () => {
    const binary = start({ LOG_LEVEL: 'warn', HOST: '0.0.0.0' });
    await binary.says(/without a secret/);
    binary.kill('SIGTERM');
    await binary.ended();
    expect(binary.stdout).toContain('"level":"warn"');
    expect(binary.stdout).not.toContain('"level":"info"');
  });

  it('is written whole when the service ends by a fault of its own', async () => {
    const fault = "process.on('SIGUSR2', () => { throw new Error('boom') })";
    const binary = start({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}` });
    const client = await DuplexClient.connect(await binary.listens());
    await client.call('runtime.execute', add);
    binary.kill('SIGUSR2');
    expect(await binary.ended()).toBe(70);
    expect(executionsOf(binary)).toHaveLength(1);
    expect(binary.stdout).toContain('"msg":"stopping"');
  });

  it('is for people when they ask for it', async () => {
    const binary = start({ LOG_FORMAT: 'pretty' });
    await binary.listens();
    expect(binary.stdout).toMatch(/^\[.*\] INFO: javascriptd listening on ws:\S+$/m);
    binary.kill('SIGTERM');
    await binary.ended();
    expect(binary.stdout).not.toContain('{"level"');
  });

  it('is refused with a line in a level that there is not', () => {
    const { status, stderr } = spawnSync(process.execPath, ['dist/main.js'], {
      env: { LOG_LEVEL: 'loud' },
      encoding: 'utf8',
    });
    expect(status).toBe(78);
    expect(stderr).toBe(
      'javascriptd: LOG_LEVEL: "loud" is none of them; accepted: error or warn or info or debug\n',
    );
  });
});
