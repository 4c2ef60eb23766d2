/**
 * The probe: started exactly as a runner is, it tries what a runner must not be able to do, and reports. No
 * script runs in it.
 */
import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { Socket, connect } from 'node:net';
import type { Findings, Targets } from '../boundary/probe-report.js';
import { listenOnSocket } from './loop/listen.js';
import { FROM_RUNNER } from '../boundary/messages.js';
import { Pipe } from './loop/pipe.js';

/** Denied attempts fail at once; this is for one that hangs. */
const NETWORK_MS = 500;

const pipe = new Pipe();
// Node 26 throws some refusals where nobody can catch them.
process.on('uncaughtException', () => undefined);
listenOnSocket(({ text }) => {
  void attempt(JSON.parse(text) as Targets).then((findings) =>
    pipe.send(FROM_RUNNER.returned, JSON.stringify(findings)),
  );
}, Socket);
pipe.send(FROM_RUNNER.ready, '');

async function attempt(targets: Targets): Promise<Findings> {
  const { pids, folder } = targets;
  const others = pids.filter((pid) => pid !== process.pid);
  if (folder !== undefined) write(folder);
  const findings: Findings = {
    read: tried(() => readFileSync(targets.file, 'utf8')),
    spawned: spawned('/bin/true') || spawned(process.execPath, '--version'),
    signalled: others.filter((pid) => tried(() => process.kill(pid, 0)) === true),
    environments: others.filter((pid) => tried(() => readFileSync(`/proc/${pid}/environ`)) !== undefined),
    memories: others.filter((pid) => tried(() => opened(`/proc/${pid}/mem`)) === true),
    missing: targets.needed.filter((path) => tried(() => readdirSync(path)) === undefined),
  };
  await reach(targets);
  return findings;
}

function tried<T>(attempted: () => T): T | undefined {
  try {
    return attempted();
  } catch {
    return undefined;
  }
}

function write(folder: string): void {
  tried(() => writeFileSync(`${folder}/written`, 'x'));
  tried(() => writeFileSync(`${folder}/existing`, 'overwritten'));
  tried(() => mkdirSync(`${folder}/made`));
}

function spawned(file: string, ...args: readonly string[]): boolean {
  return tried(() => spawnSync(file, args).status === 0) ?? false;
}

function opened(path: string): boolean {
  closeSync(openSync(path, 'r'));
  return true;
}

async function reach({ tcpPort, udpPort, socketPaths }: Targets): Promise<void> {
  const reached = [
    connected(() => connect({ port: tcpPort, host: '127.0.0.1' })),
    ...socketPaths.map((path) => connected(() => connect({ path }))),
    sent(udpPort),
  ];
  const patience = new Promise((resolve) => setTimeout(resolve, NETWORK_MS));
  await Promise.race([Promise.all(reached), patience]);
}

function connected(dial: () => ReturnType<typeof connect>): Promise<void> {
  return new Promise((resolve) => {
    const socket = tried(dial);
    if (socket === undefined) return resolve();
    socket.once('error', () => resolve()).once('close', () => resolve());
    socket.once('connect', () => socket.end('x'));
  });
}

function sent(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = tried(() => createSocket('udp4'));
    if (socket === undefined) return resolve();
    socket.once('error', () => resolve());
    if (tried(() => socket.send('x', port, '127.0.0.1', () => resolve()) ?? true) === undefined) resolve();
  });
}
