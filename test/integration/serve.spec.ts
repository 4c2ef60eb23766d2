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

afterAll(() => {
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

async function nextMessage(socket: WebSocket): Promise<unknown> {
  const [frame]: unknown[] = await once(socket, 'message');
  return JSON.parse(String(frame));
}

/** @returns the first message that answers it */
async function execute(socket: WebSocket, code: string, options: object = {}): Promise<unknown> {
  const reply = nextMessage(socket);
  const payload = { code, call: 'f', options };
  socket.send(JSON.stringify({ type: 'req', id: 1, method: 'runtime.execute', payload }));
  return reply;
}

/** Lets a call have 20 s, whatever the usual deadline is. */
const PATIENT = { LIMITS_MAX_TIMEOUT: '20000' };

/** Sends the signal while a script runs, and expects its reply and the close code. @returns the exit code */
async function stopped(binary: Binary, socket: WebSocket, signal: NodeJS.Signals): Promise<unknown> {
  const closed = once(socket, 'close');
  const code = 'function f(cb) { console.log("began"); setTimeout(() => cb("late"), 300) }';
  const began = await execute(socket, code, { stream: true, timeout: 20_000 });
  expect(began).toMatchObject({ more: true });
  binary.kill(signal);
  expect(await nextMessage(socket)).toMatchObject({ payload: { value: 'late' } });
  expect((await closed)[0]).toBe(1001);
  return binary.ended();
}

describe('javascriptd as a service', () => {
  let binary: Binary;
  let socket: WebSocket;
  beforeAll(async () => {
    binary = start(['--timeout=150'], { TIMEOUT: '600000', ...PATIENT });
    socket = await greet(await binary.listens());
  });

  it('listens on the loopback address, and says so in one line beside those of the sandbox', async () => {
    const url = await binary.listens();
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
    const lines = linesOf(binary);
    expect(lines.filter(({ context }) => context === undefined).map(({ msg }) => msg)).toEqual([
      `javascriptd listening on ${url}`,
    ]);
    const sandbox = lines.filter(({ context }) => context === 'Sandbox').map(({ msg }) => msg);
    for (const name of ['files', 'network', 'processes', 'signals', 'secrets'])
      expect(sandbox.filter((line) => line.startsWith(`${name}: `))).toHaveLength(1);
  });

  it('runs a script', async () => {
    expect(await execute(socket, 'function f(cb) { cb(1 + 2) }', { timeout: 20_000 })).toMatchObject({
      id: 1,
      payload: { value: 3 },
    });
  });

  it('prefers a flag to the variable', async () => {
    expect(await execute(socket, 'function f(cb) {}')).toMatchObject({ error: { code: 1002 } });
  });

  it('reads the installed modules again at SIGHUP and goes on', async () => {
    binary.kill('SIGHUP');
    await binary.says(/installed packages again/);
    expect(await execute(socket, 'function f(cb) { cb(true) }', { timeout: 20_000 })).toMatchObject({
      payload: { value: true },
    });
  });

  it('answers what runs at SIGTERM, says that it stops, closes with 1001 and ends with 0', async () => {
    expect(await stopped(binary, socket, 'SIGTERM')).toBe(0);
    const own = linesOf(binary).filter(({ context }) => context === undefined);
    expect(own.at(-1)?.msg).toBe('stopping');
  });
});

describe('a signal or a fault', () => {
  it('SIGINT answers what runs, closes with 1001 and ends with 0', async () => {
    const binary = start([], PATIENT);
    expect(await stopped(binary, await greet(await binary.listens()), 'SIGINT')).toBe(0);
  });

  it('a second one ends it at once, with 128 and its number; the same one again at once is no second one', async () => {
    const binary = start([], { TIMEOUT: '60000', SHUTDOWN_GRACE: '60000' });
    const socket = await greet(await binary.listens());
    socket.on('error', () => {});
    await execute(socket, 'function f(cb) { console.log("began") }', { stream: true });
    binary.kill('SIGINT');
    // What `npm start` does at Ctrl-C: the same signal twice, which is one.
    binary.kill('SIGINT');
    await delay(1000);
    expect(binary.process.exitCode).toBeNull();
    binary.kill('SIGTERM');
    expect(await binary.ended()).toBe(143);
  });

  it('an error that nobody caught is reported, what runs is answered, and the code is 70', async () => {
    const fault = "process.on('SIGUSR2', () => { throw new Error('boom') })";
    const binary = start([], {
      ...PATIENT,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}`,
    });
    expect(await stopped(binary, await greet(await binary.listens()), 'SIGUSR2')).toBe(70);
    expect(binary.stderr).toMatch(/^javascriptd: fault: Error: boom\n +at /m);
  });
});

describe('an address where it cannot listen', () => {
  it('is reported in one line, code 69: a port in use', async () => {
    const { server, port } = await listen();
    const binary = start(['--port', String(port)]);
    expect(await binary.ended()).toBe(69);
    expect(binary.output).toBe(
      `javascriptd: PORT: ${port} is in use on 127.0.0.1; choose another with PORT or --port\n`,
    );
    server.close();
  });

  it.each(['no-such-host.invalid', '192.0.2.1'])(
    'is reported in one line, code 69: the host %s',
    async (host) => {
      const binary = start(['--host', host]);
      expect(await binary.ended()).toBe(69);
      expect(binary.output).toMatch(/^javascriptd: HOST: .*\n$/);
    },
  );
});

describe('a service that warns', () => {
  let folder: string;
  let binary: Binary;
  let url: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'javascriptd-volume-'));
    binary = start([], { HOST: '0.0.0.0', SECRET: '', SANDBOX_MODULES_DIR: folder });
    url = await binary.listens();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('does so where it listens to other machines without a secret', () => {
    expect(binary.output).toMatch(/"level":"warn".*listening on 0\.0\.0\.0 without a secret/);
  });

  it('does so of an empty secret, and lets in without one', async () => {
    expect(binary.output).toContain('SECRET is set but empty');
    const socket = await greet(url.replace('0.0.0.0', '127.0.0.1'));
    socket.terminate();
  });

  it('does so of an empty folder of packages, before it listens', () => {
    expect(binary.output).toMatch(/SANDBOX_MODULES_DIR: .* is empty[^]*listening/);
  });
});

describe('a service with a secret', () => {
  it('asks for it and never tells it', async () => {
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

  it('takes it from a file, and tells neither it nor the path', async () => {
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
});

describe('a service with NOLOGS', () => {
  it('says nothing at all', async () => {
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
