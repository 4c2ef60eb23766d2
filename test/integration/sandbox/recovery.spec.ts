/** Whatever becomes of a runner process, each request gets one outcome, and nothing stays behind. */
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunnerStartError } from '../../../src/sandbox/errors.js';
import { innermost, killNow, runnerPids } from '../../support/processes.js';
import { SandboxApp } from '../../support/sandbox-app.js';
import { until } from '../../support/until.js';

let app: SandboxApp | undefined;
const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'javascriptd-'));
  folders.push(made);
  return made;
}

afterEach(async () => {
  await app?.close();
  app = undefined;
  for (const made of folders.splice(0)) rmSync(made, { recursive: true });
});

function isReady({ status }: SandboxApp): boolean {
  return status.state.problem === undefined;
}

describe('a runner that dies', () => {
  it('is replaced at once, and its script told', async () => {
    app = await SandboxApp.start({ minRunners: 1, maxRunners: 1 });
    const [pid = 0] = runnerPids();
    const said: string[] = [];
    const watcher = {
      console: ({ text }: { readonly text: string }) => {
        said.push(text);
        return undefined;
      },
    };
    const outcome = app.run('console.log("so far"); for (;;);', {}, undefined, watcher);
    await until(() => said.length > 0);
    killNow(pid);
    expect(await outcome).toMatchObject({ kind: 'died', console: ['so far'] });
    expect(runnerPids().some((other) => other !== pid)).toBe(true);
  });

  it.each([
    ['for any reason', ''],
    ['for want of memory, which the script before has left it', 'echo "heap out of memory" >&2'],
  ])('before it had read its script, %s, is replaced by another that runs it', async (_, lastWords) => {
    const nodePath = join(folder(), 'node');
    writeFileSync(nodePath, `#!/bin/sh\n${lastWords}\nexec '${process.execPath}' "$@"`);
    chmodSync(nodePath, 0o755);
    app = await SandboxApp.start({ nodePath, minRunners: 1, maxRunners: 1 });
    // Stopped, it reads nothing; killed then, it ends with the script unread.
    const [pid = 0] = runnerPids();
    process.kill(innermost(pid), 'SIGSTOP');
    const outcome = app.run('cb(5)');
    const { state } = app.status;
    expect(state.runners.running).toBe(1);
    killNow(pid);
    expect(await outcome).toMatchObject({ kind: 'returned', value: 5 });
  });
});

describe('a runner that lies or floods', () => {
  it.each([
    ['bytes that are no frames', "require('fs').writeSync(3, Buffer.alloc(64, 255))"],
    ['an answer that nobody asked for', "require('fs').writeSync(3, Buffer.from([2, 0, 0, 0, 5, 49]))"],
    ['a flood', "for (;;) require('fs').writeSync(3, Buffer.alloc(65536, 1))"],
  ])('never becomes a runner of ours: %s', async (_, lie) => {
    const liar = join(folder(), 'node');
    writeFileSync(liar, `#!${process.execPath}\n${lie}; setInterval(() => {}, 1000);`);
    chmodSync(liar, 0o755);
    await expect(SandboxApp.start({ nodePath: liar })).rejects.toBeInstanceOf(RunnerStartError);
    await until(() => runnerPids().length === 0);
  });
});

describe('a node binary that is gone', () => {
  it('makes the sandbox not ready, each execution a clear error; and it is ready again when the binary is back', async () => {
    const node = join(folder(), 'node');
    symlinkSync(process.execPath, node);
    const running = await SandboxApp.start({ nodePath: node, minRunners: 1, maxRunners: 1 });
    app = running;
    expect(isReady(running)).toBe(true);
    rmSync(node);
    for (const pid of runnerPids()) killNow(pid);
    await until(() => !isReady(running));
    await expect(running.run('cb(1)')).rejects.toBeInstanceOf(RunnerStartError);
    expect(running.status.state.problem).toMatch(/ENOENT|No such file/);
    symlinkSync(process.execPath, node);
    await until(() => isReady(running));
    expect(await running.run('cb(1)')).toMatchObject({ kind: 'returned', value: 1 });
  });
});
