// Starts a server of a row, and stops it.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { killAll, treeOf } from '../measure/process-tree.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const MAIN = here('../../dist/main.js');
const FRONT = here('../front/server.mjs');
const START_MS = 60_000;
const GRACE_MS = 8000;

const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
process.once('SIGTERM', () => process.exit(1));

/** Ends with this process, at the latest. */
function watched(child) {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

const stopper = (child) => async () => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  // What it has started might loop for ever, and not hear that it has gone.
  const tree = treeOf(child.pid);
  child.kill('SIGTERM');
  await Promise.race([ended, sleep(GRACE_MS, undefined, { ref: false })]);
  killAll(tree);
};

/** A program that says where it listens over its IPC channel. */
export async function startFork(file, args) {
  const child = watched(fork(file, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] }));
  let told = '';
  child.stderr.on('data', (chunk) => {
    told = `${told}${chunk}`.slice(-2000);
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(/^(?:\w*Error.*)$/m.exec(told)?.[0] ?? 'it did not start');
  });
  const [{ url }] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  return { url, pid: child.pid, stop: stopper(child) };
}

export const startFront = (backend, timeoutMs) => startFork(FRONT, [backend, `${timeoutMs}`]);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * The program itself, with its log on: nobody reads it, so that its text is all that it costs.
 * @param launcher a command that becomes the one behind it, and its arguments
 * @param program the Node that runs it and its runners, and the file that it runs
 */
export async function startProgram(
  environment,
  flags = [],
  launcher = [],
  { node = process.execPath, main = MAIN } = {},
) {
  const port = await freePort();
  const begun = performance.now();
  const [command, ...args] = [...launcher, node, ...flags, main];
  const child = watched(
    spawn(command, args, {
      env: { PATH: process.env.PATH, PORT: `${port}`, ...environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  while (performance.now() - begun < START_MS) {
    if (child.exitCode !== null) break;
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (ready?.status === 200)
      return {
        url: `ws://127.0.0.1:${port}`,
        pid: child.pid,
        kill: (signal) => child.kill(signal),
        stop: stopper(child),
      };
    await sleep(20);
  }
  child.kill('SIGKILL');
  throw new Error('the service did not start');
}
