/** `javascriptd exec`, as people run it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Binary, MAIN } from '../support/binary.js';
import { freePort } from '../support/free-port.js';
import { SimplexServer } from '../support/simplex-server.js';

const folder = mkdtempSync(join(tmpdir(), 'javascriptd-exec-'));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function exec(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }> {
  const binary = new Binary(['exec', ...args], environment);
  const code = await binary.ended();
  return { code, stdout: binary.stdout, stderr: binary.stderr };
}

const greet = file(
  'greet.js',
  'function main(cb) { console.log("hello", name); cb({ length: name.length }); }',
);
const globals = file('globals.json', '{"name":"world"}');
const loop = file('loop.js', 'console.log("before"); for (;;);');

const SHOWN = { SECRET: 'correct horse' };

let service: Binary;
let url: string;
beforeAll(async () => {
  service = new Binary(['--port', '0', '--host', '127.0.0.1', '--timeout', '20000'], {
    SECRET: 'correct horse',
  });
  url = await service.listens();
});
afterAll(async () => {
  service.kill('SIGTERM');
  await service.ended();
  rmSync(folder, { recursive: true });
});

describe('javascriptd exec', () => {
  it('runs a file in a service of its own: value on stdout, console on stderr', async () => {
    expect(await exec([greet, '--globals', `@${globals}`])).toEqual({
      code: 0,
      stdout: '{"length":5}\n',
      stderr: 'hello world\n',
    });
  });

  it('runs it in another service with --url, which is shown the SECRET', async () => {
    expect(await exec([greet, '--globals', `@${globals}`, '--url', url], SHOWN)).toEqual({
      code: 0,
      stdout: '{"length":5}\n',
      stderr: 'hello world\n',
    });
    expect(await exec([greet, '--url', url], { SECRET: 'wrong' })).toEqual({
      code: 77,
      stdout: '',
      stderr: 'javascriptd: refused with HTTP 401: missing or wrong x-runtime-secret\n',
    });
  });

  it('reads the script from standard input, and calls what --call names with the --caller', async () => {
    const args = ['exec', '-', '--call', 'f', '--caller', '(f, cb) => f(20, cb)', '--url', url, '--json'];
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env['PATH'], SECRET: 'correct horse' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.end('function f(n, cb) { cb(n + 1) }');
    expect(JSON.parse(await text(child.stdout))).toMatchObject({
      value: 21,
      console: [],
      time: expect.any(Number),
    });
  });

  it.each([
    [
      'threw',
      'function main() {\n  throw new TypeError("no") }',
      1,
      'TypeError: no\n    at main (script.js:2:9)\n',
    ],
    [
      'lacks the function',
      'var other = 1;',
      2,
      'javascriptd: Not implemented: no function `main`; the script has no functions\n',
    ],
    [
      'passed a limit',
      'function main(cb) { cb("x".repeat(9e6)) }',
      3,
      'javascriptd: Limit exceeded: result\n',
    ],
  ])('ends with a code of its own where the script %s', async (name, code, exit, stderr) => {
    const path = file(`${name}.js`, code);
    expect(await exec([path, '--url', url], SHOWN)).toEqual({
      code: exit,
      stdout: '',
      stderr,
    });
  });

  it('ends with 124 after --timeout, and what was said before is there', async () => {
    expect(await exec([loop, '--timeout', '200'])).toEqual({
      code: 124,
      stdout: '',
      stderr: 'before\njavascriptd: Timeout\n',
    });
  });

  it('prints errors too with --json', async () => {
    const { code, stdout } = await exec([loop, '--timeout', '200', '--json', '--url', url], SHOWN);
    expect([code, JSON.parse(stdout)]).toEqual([
      124,
      { error: { code: 1002, message: 'Timeout', data: { limit: 'wall', console: ['before'] } } },
    ]);
  });

  it.each([
    [['none.js'], 66, /ENOENT/],
    [[greet, '--globals', '{no'], 65, /--globals: not JSON/],
    [[greet, '--nonsense'], 64, /unknown option --nonsense/],
    [[greet, '--timeout', '0'], 78, /TIMEOUT/],
  ])('ends %j with %i', async (args, code, stderr) => {
    expect(await exec(args)).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(stderr) });
  });

  it('ends with 65 where the service finds the script invalid', async () => {
    expect(await exec([greet, '--globals', '[1]', '--url', url], SHOWN)).toMatchObject({
      code: 65,
      stdout: '',
      stderr: expect.stringContaining('Invalid script; globals must be an object'),
    });
  });

  it('ends with 69 where nobody listens', async () => {
    const nowhere = `ws://127.0.0.1:${await freePort()}`;
    expect(await exec([greet, '--url', nowhere])).toMatchObject({
      code: 69,
      stderr: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it.each(['cancels', 'cannot cancel'])('is cancelled by Ctrl-C, where the service %s', async (how) => {
    const server = await SimplexServer.listen();
    const binary = new Binary(['exec', greet, '--url', server.url]);
    server.onFrame = ({ id, method, payload }, connection) => {
      if (method === 'runtime.execute') {
        connection.more(id, { console: { level: 'log', time: 1, text: 'as it happens' } });
        return;
      }
      if (how === 'cannot cancel') return connection.fail(id, 1101, 'Unknown method');
      connection.reply(id, { cancelled: true });
      connection.fail(Number(payload?.['id']), 1004, 'Cancelled', { console: ['as it happens'] });
    };
    await binary.says(/as it happens/);
    expect(server.connections[0]?.frames[0]?.payload?.['options']).toEqual({ stream: true });
    binary.kill('SIGINT');
    expect(await binary.ended()).toBe(130);
    expect([binary.stdout, binary.stderr]).toEqual(['', 'as it happens\njavascriptd: Cancelled\n']);
    expect(server.connections[0]?.frames[1]).toMatchObject({ method: 'runtime.cancel' });
    await server.stop();
  });
});
