import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Binary } from '../support/binary.js';

const started: Binary[] = [];

function start(args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Binary {
  const binary = new Binary(args, { PORT: '0', ...environment });
  started.push(binary);
  return binary;
}

afterEach(() => {
  for (const binary of started.splice(0)) binary.kill('SIGKILL');
});

/** The log, a line an object. */
function linesOf(binary: Binary): readonly { readonly context?: string; readonly msg: string }[] {
  return binary.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function greet(url: string, headers: Readonly<Record<string, string>> = {}): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers });
  await once(socket, 'open');
  socket.send('SIMPLEX/1.0;json');
  await once(socket, 'message');
  return socket;
}

async function execute(socket: WebSocket, code: string): Promise<unknown> {
  const payload = { code, call: 'f' };
  socket.send(JSON.stringify({ type: 'req', id: 1, method: 'runtime.execute', payload }));
  const [frame]: unknown[] = await once(socket, 'message');
  return JSON.parse(String(frame));
}

describe('javascriptd as a service', () => {
  it('listens on the loopback address, says so in one line beside those of the sandbox, and runs a script', async () => {
    const binary = start();
    const url = await binary.listens();
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
    const socket = await greet(url);
    expect(await execute(socket, 'function f(cb) { cb(1 + 2) }')).toMatchObject({
      id: 1,
      payload: { value: 3 },
    });
    socket.terminate();
    binary.kill('SIGTERM');
    await binary.ended();
    const lines = linesOf(binary);
    expect(lines.filter(({ context }) => context === undefined).map(({ msg }) => msg)).toEqual([
      `javascriptd listening on ${url}`,
      'stopping',
    ]);
    const sandbox = lines.filter(({ context }) => context === 'Sandbox').map(({ msg }) => msg);
    for (const name of ['files', 'network', 'processes', 'signals', 'secrets'])
      expect(sandbox.filter((line) => line.startsWith(`${name}: `))).toHaveLength(1);
  });

  it('prefers a flag to the variable', async () => {
    const binary = start(['--timeout=150'], { TIMEOUT: '600000' });
    const socket = await greet(await binary.listens());
    expect(await execute(socket, 'function f() {}')).toMatchObject({ error: { code: 1002 } });
    socket.terminate();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'answers what runs at %s, closes with 1001 and ends with 0',
    async (signal) => {
      const binary = start();
      const socket = await greet(await binary.listens());
      const closed = once(socket, 'close');
      const reply = execute(socket, 'function f(cb) { setTimeout(() => cb("late"), 700) }');
      await delay(200);
      binary.kill(signal);
      expect(await reply).toMatchObject({ payload: { value: 'late' } });
      expect((await closed)[0]).toBe(1001);
      expect(await binary.ended()).toBe(0);
    },
  );

  it('ends at once, with 128 and its number, at a second signal', async () => {
    const binary = start([], { TIMEOUT: '60000', SHUTDOWN_GRACE: '60000' });
    const socket = await greet(await binary.listens());
    socket.on('error', () => {});
    socket.send(
      JSON.stringify({
        type: 'req',
        id: 1,
        method: 'runtime.execute',
        payload: { code: 'function f() {}', call: 'f' },
      }),
    );
    await delay(300);
    binary.kill('SIGINT');
    // What `npm start` does at Ctrl-C: the same signal twice, which is one.
    binary.kill('SIGINT');
    await delay(1000);
    expect(binary.process.exitCode).toBeNull();
    binary.kill('SIGTERM');
    expect(await binary.ended()).toBe(143);
  });

  it('reads the installed modules again at SIGHUP and goes on', async () => {
    const binary = start();
    const url = await binary.listens();
    binary.kill('SIGHUP');
    await binary.says(/installed packages again/);
    const socket = await greet(url);
    expect(await execute(socket, 'function f(cb) { cb(true) }')).toMatchObject({ payload: { value: true } });
    socket.terminate();
  });

  it('tells an error that nobody caught, answers what runs, and ends with 70', async () => {
    const fault = "process.on('SIGUSR2', () => { throw new Error('boom') })";
    const binary = start([], { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}` });
    const socket = await greet(await binary.listens());
    const reply = execute(socket, 'function f(cb) { setTimeout(() => cb("late"), 700) }');
    await delay(200);
    binary.kill('SIGUSR2');
    expect(await reply).toMatchObject({ payload: { value: 'late' } });
    expect(await binary.ended()).toBe(70);
    expect(binary.stderr).toMatch(/^javascriptd: fault: Error: boom\n +at /m);
  });

  it('tells in one line that the port is in use, code 69', async () => {
    const { server, port } = await listen();
    const binary = start(['--port', String(port)]);
    expect(await binary.ended()).toBe(69);
    expect(binary.output).toBe(
      `javascriptd: PORT: ${port} is in use on 127.0.0.1; choose another with PORT or --port\n`,
    );
    server.close();
  });

  it.each(['no-such-host.invalid', '192.0.2.1'])(
    'tells in one line that it cannot listen on %s, code 69',
    async (host) => {
      const binary = start(['--host', host]);
      expect(await binary.ended()).toBe(69);
      expect(binary.output).toMatch(/^javascriptd: HOST: .*\n$/);
    },
  );

  it('warns when it listens to other machines without a secret', async () => {
    const binary = start([], { HOST: '0.0.0.0' });
    await binary.listens();
    expect(binary.output).toMatch(/"level":"warn".*listening on 0\.0\.0\.0 without a secret/);
  });

  it('warns of an empty secret, and lets in without one', async () => {
    const binary = start([], { SECRET: '' });
    const socket = await greet(await binary.listens());
    expect(binary.output).toContain('SECRET is set but empty');
    socket.terminate();
  });

  it('asks for the secret and never tells it', async () => {
    const binary = start([], { SECRET: 'hunter2', HOST: '127.0.0.1' });
    const url = await binary.listens();
    const refused = new WebSocket(url, { headers: { 'x-runtime-secret': 'hunter3' } });
    const [error]: unknown[] = await once(refused, 'error');
    expect(String(error)).toContain('401');
    const socket = await greet(url, { 'x-runtime-secret': 'hunter2' });
    expect(await execute(socket, 'function f(cb) { cb(typeof process) }')).toMatchObject({ type: 'rep' });
    socket.terminate();
    binary.kill('SIGTERM');
    await binary.ended();
    expect(binary.output).not.toContain('hunter');
  });

  it('takes the secret from a file, and tells neither it nor the path', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'javascriptd-secret-'));
    const file = join(folder, 'hunter-file');
    writeFileSync(file, 'hunter2\n');
    const binary = start([], { SECRET_FILE: file, HOST: '127.0.0.1' });
    const url = await binary.listens();
    const [error]: unknown[] = await once(new WebSocket(url), 'error');
    expect(String(error)).toContain('401');
    const socket = await greet(url, { 'x-runtime-secret': 'hunter2' });
    expect(await execute(socket, 'function f(cb) { cb(1) }')).toMatchObject({ payload: { value: 1 } });
    socket.terminate();
    expect(binary.output).not.toContain('hunter');
    rmSync(folder, { recursive: true });
    const other = start(['--secret-file', file]);
    expect(await other.ended()).toBe(78);
    expect(other.output).toMatch(
      /^javascriptd: SECRET_FILE \(--secret-file\): the file does not exist; .*\n$/,
    );
    expect(other.output).not.toContain('hunter');
  });

  it('warns of an empty folder of packages before it listens', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'javascriptd-volume-'));
    const binary = start([], { SANDBOX_MODULES_DIR: folder });
    await binary.listens();
    expect(binary.output).toMatch(/SANDBOX_MODULES_DIR: .* is empty[^]*listening/);
    rmSync(folder, { recursive: true });
  });

  it('says nothing at all with NOLOGS', async () => {
    const { server, port } = await listen();
    server.close();
    const binary = start([], { NOLOGS: 'true', PORT: String(port), HOST: '0.0.0.0' });
    const socket = await greetWhenReady(`ws://127.0.0.1:${port}`);
    await execute(socket, 'function f(cb) { cb(1) }');
    binary.kill('SIGTERM');
    expect(await binary.ended()).toBe(0);
    expect(binary.output).toBe('');
  });
});

/** A server on a free loopback port, and the port. */
async function listen(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

/** Without a ready line there is only trying. */
async function greetWhenReady(url: string): Promise<WebSocket> {
  try {
    return await greet(url);
  } catch {
    await delay(50);
    return greetWhenReady(url);
  }
}
