/**
 * Test only: stands for the service. Starts a breached runner under each ladder, with an innocent one beside it,
 * and prints what was broken into: `{ [ladder]: { [guarantee]: attacks } | { cannot: reason } }`.
 * Its argument is `{ node, toolDirs, ladders: { [name]: layers }, fork }` as JSON.
 */
import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';
import { examineHost } from '../../dist/sandbox/pool/hardening/host-capabilities.js';
import { launchOf } from '../../dist/sandbox/pool/launch.js';
import { encodeFrame, FrameReader } from '../../dist/sandbox/boundary/frames.js';
import { ATTACKS } from './attacks.mjs';

const { node, toolDirs, ladders } = JSON.parse(process.argv[2]);
const PROGRAM = fileURLToPath(new URL('./breached-runner.mjs', import.meta.url));
const PATIENCE_MS = 20_000;
/** The runners of a test's own files have to be able to read these, as they do the installed packages. */
const FOLDERS = [dirname(PROGRAM), fileURLToPath(new URL('../../dist/sandbox/', import.meta.url))];

const host = await examineHost({ nodePath: node, toolDirs, firstUid: 60_578 });

function start(layers) {
  const { file, args, options } = launchOf({
    host,
    layers: new Set(layers),
    folders: FOLDERS,
    limits: {},
    program: 'main',
    // Where a script has this much from the start.
    isolation: 'process',
  });
  const child = spawn(file, [...args.slice(0, -1), PROGRAM], options);
  const frames = [];
  let stderr = '';
  let wake;
  const reader = new FrameReader(1 << 20);
  child.stdio[3].on('data', (chunk) => (reader.push(chunk, (frame) => frames.push(frame)), wake?.()));
  child.stdio[3].on('error', () => {});
  child.stderr.on('data', (text) => (stderr += text));
  child.on('error', () => wake?.());
  child.on('close', () => wake?.());
  const frame = async () => {
    // It must not keep this process, where the child has ended without a frame.
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
    while (frames.length === 0) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(stderr.trim().split('\n')[0] || 'ended');
      await new Promise((resolve) => (wake = resolve));
    }
    clearTimeout(timer);
    return frames.shift();
  };
  return { child, frame };
}

async function canaries() {
  const root = mkdtempSync(join(tmpdir(), 'breach-'));
  const folder = join(root, 'open');
  const mark = randomUUID();
  const seen = new Set();
  chmodSync(root, 0o755);
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  const file = (name, mode, text = mark) => {
    const path = join(root, name);
    writeFileSync(path, text, { mode });
    chmodSync(path, mode);
    return path;
  };
  const deletable = join(folder, 'deletable');
  writeFileSync(deletable, mark);
  chmodSync(deletable, 0o666);
  const closing = [];
  const listen = async (name, where) => {
    const server = createServer((socket) => {
      seen.add(name);
      // So that a client is done with it, whatever it speaks.
      socket.on('error', () => {}).end('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
    });
    server.listen(where);
    await once(server, 'listening');
    closing.push(server);
    return server.address();
  };
  const receive = async (name) => {
    const socket = createSocket('udp4').on('message', () => seen.add(name));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    closing.push(socket);
    return socket.address().port;
  };
  const targets = {
    mark,
    folder,
    deletable,
    publicFile: file('public', 0o644),
    secretFile: file('secret', 0o600),
    otherPackage: file('index.js', 0o644, `module.exports = '${mark}'`),
    openFile: file('writable', 0o666),
    fork: fileURLToPath(new URL('./forked.mjs', import.meta.url)),
    tcp: (await listen('tcp', { port: 0, host: '127.0.0.1' })).port,
    tcp6: (await listen('tcp6', { port: 0, host: '::1' }).catch(() => ({ port: 9 }))).port,
    http: (await listen('http', { port: 0, host: '127.0.0.1' })).port,
    udp: await receive('udp'),
    dns: await receive('dns'),
    unix: join(root, 'socket'),
    // As long as such a name can be: older Nodes fill it up with zeros, and newer ones do not.
    abstract: `\0breach-${mark}`.padEnd(108, 'x'),
    gateway: process.pid,
  };
  await listen('unix', { path: targets.unix, writableAll: true });
  await listen('abstract', { path: targets.abstract });
  const clear = () => {
    for (const open of closing) open.close();
    // An attack that was not waited for may still write.
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  };
  return { targets, seen, clear };
}

const TOOLS = {
  privileges: 'setpriv',
  limits: 'prlimit',
  namespaces: 'unshare',
  landlock: 'setpriv',
  seccomp: 'setpriv',
};

async function breach(layers) {
  const missing = layers.map((layer) => TOOLS[layer]).find((tool) => tool && !host.tools[tool]);
  if (missing !== undefined) return { cannot: `there is no ${missing}` };
  const { targets, seen, clear } = await canaries();
  const [attacker, innocent] = [start(layers), start(layers)];
  try {
    await Promise.all([attacker.frame(), innocent.frame()]);
    attacker.child.stdio[3].write(encodeFrame(1, JSON.stringify({ ...targets, runner: innocent.child.pid })));
    const got = JSON.parse((await attacker.frame()).text);
    await sleep(30);
    // Not only what the attacker says: what is there now that was not, and what is gone.
    if (existsSync(join(targets.folder, 'written'))) got['write a file'] = true;
    if (!existsSync(targets.deletable)) got['delete a file'] = true;
    if (readFileSync(targets.openFile, 'utf8') !== targets.mark) got['overwrite a file'] = true;
    const broken = {};
    for (const { breaks, name, seen: listener } of ATTACKS) {
      broken[breaks] ??= [];
      if (listener === undefined ? got[name] === true : seen.has(listener)) broken[breaks].push(name);
    }
    return broken;
  } catch (error) {
    return { cannot: error.message };
  } finally {
    attacker.child.kill('SIGKILL');
    innocent.child.kill('SIGKILL');
    clear();
  }
}

const results = {};
for (const [name, layers] of Object.entries(ladders)) results[name] = await breach(layers);
process.stdout.write(JSON.stringify(results));
