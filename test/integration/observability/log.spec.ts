/** The log of the real program. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../support/free-port.js';
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

/** Without a ready line there is only trying. */
async function connectWhenReady(url: string): Promise<DuplexClient> {
  try {
    return await DuplexClient.connect(url);
  } catch {
    await delay(50);
    return connectWhenReady(url);
  }
}

describe('the log', () => {
  it('has one JSON line for each execution, preparation and refusal, with its outcome, times and sizes', async () => {
    const before = Date.now();
    const binary = start({ MAX_CONCURRENCY: '1', SANDBOX_MIN_RUNNERS: '1', QUEUE_SIZE: '1' });
    const client = await DuplexClient.connect(await binary.listens());
    await client.call('runtime.execute', add);
    await expect(client.call('runtime.execute', { code: 'throw 1' })).rejects.toMatchObject({ code: 1000 });
    const looping = client.call('runtime.execute', { code: 'function f(cb) {}', call: 'f' });
    const waiting = client.call('runtime.execute', add);
    await expect(client.call('runtime.execute', add)).rejects.toMatchObject({ code: 1200 });
    await expect(looping).rejects.toMatchObject({ code: 1002 });
    await waiting;
    await expect(client.call('runtime.execute', 5)).rejects.toMatchObject({ code: 1100 });
    await client.call('runtime.prepare', { code: 'let a' });
    const options = JSON.parse('['.repeat(2000) + ']'.repeat(2000));
    await expect(client.call('runtime.execute', { code: '', options })).rejects.toMatchObject({ code: 1100 });
    binary.kill('SIGTERM');
    expect(await binary.ended()).toBe(0);
    const all = executionsOf(binary);
    // It warns of those that fail for no fault of theirs.
    expect(all.filter(({ level }) => level !== 'info')).toMatchObject([
      { level: 'warn', outcome: 'busy', code: 1200 },
    ]);
    const lines = all.filter(({ outcome }) => outcome !== 'busy');
    expect(lines).toMatchObject([
      { outcome: 'returned', level: 'info' },
      { outcome: 'threw', code: 1000 },
      { outcome: 'timedOut', code: 1002 },
      { outcome: 'returned' },
      { outcome: 'invalid', code: 1100, level: 'info', tenant: 'default', msg: 'refused' },
      { outcome: 'returned', level: 'info', tenant: 'default', msg: 'prepared' },
      { outcome: 'invalid', code: 1100, msg: 'refused' },
    ]);
    expect(binary.stdout).not.toContain('"stack"');
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
    expect(new Set(all.map(({ id }) => id)).size).toBe(8);
    expect(lines[2]?.['runMs']).toBeGreaterThanOrEqual(200);
    expect(lines[2]?.['totalMs']).toBeGreaterThanOrEqual(Number(lines[2]?.['runMs']));
    for (const { time } of lines) {
      expect(Date.parse(String(time))).toBeGreaterThanOrEqual(before);
      expect(Date.parse(String(time))).toBeLessThanOrEqual(Date.now());
    }
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

  it('that cannot be written ends neither the service nor a call', async () => {
    const port = Number(await freePort());
    const full = openSync('/dev/full', 'w');
    const service = spawn(process.execPath, ['dist/main.js', '--port', String(port)], {
      stdio: ['ignore', full, 'inherit'],
    });
    closeSync(full);
    const client = await connectWhenReady(`ws://127.0.0.1:${port}`);
    for (let i = 0; i < 3; i++) {
      expect(await client.call('runtime.execute', add)).toMatchObject({ value: 3 });
      await delay(100);
    }
    service.kill('SIGTERM');
    expect(await once(service, 'exit')).toEqual([0, null]);
  });

  it('holds up no call when nobody reads it, and is whole for who reads it late', async () => {
    const port = Number(await freePort());
    const service = spawn(process.execPath, ['dist/main.js', '--port', String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const client = await connectWhenReady(`ws://127.0.0.1:${port}`);
    // Some 280 bytes each: more than a pipe and the buffer of this end take.
    const calls = Array.from({ length: 800 }, () => client.call('runtime.execute', add));
    await Promise.all(calls);
    service.kill('SIGTERM');
    await client.closed;
    let text = '';
    service.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    expect(await once(service, 'close')).toEqual([0, null]);
    expect(text.match(/"outcome":"returned"/g)).toHaveLength(800);
    expect(() =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).not.toThrow();
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
      'javascriptd: LOG_LEVEL: invalid value "loud"; expected error or warn or info or debug\n',
    );
  });
});
