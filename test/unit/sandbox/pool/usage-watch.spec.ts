import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { usageOf } from '../../../../src/sandbox/pool/process-usage.js';
import { UsageWatch } from '../../../../src/sandbox/pool/usage-watch.js';

describe('the usage of a process', () => {
  it('is its memory and its processor time', () => {
    const { memoryBytes = 0, cpuMs = 0 } = usageOf(process.pid) ?? {};
    expect(memoryBytes / process.memoryUsage.rss()).toBeGreaterThan(0.5);
    const { user, system } = process.cpuUsage();
    expect(cpuMs / ((user + system) / 1000)).toBeGreaterThan(0.5);
  });

  it('counts its children, and names the one that does the work', async () => {
    const fill =
      'const a = Buffer.alloc(1e8, 1); for (const end = Date.now() + 200; Date.now() < end;); console.log(process.pid); setInterval(() => {}, 1000)';
    const shell = spawn('/bin/sh', ['-c', `'${process.execPath}' -e '${fill}'; :`], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const [pid] = (await once(shell.stdout, 'data')) as [Buffer];
    const usage = usageOf(shell.pid ?? 0);
    process.kill(-(shell.pid ?? NaN), 'SIGKILL');
    expect(usage?.memoryBytes).toBeGreaterThan(1e8);
    expect(usage?.cpuMs).toBeGreaterThan(50);
    expect(usage?.pid).toBe(Number(pid.toString()));
  });

  it('is unknown of a process that is gone', () => {
    expect(usageOf(2 ** 30)).toBeUndefined();
  });
});

describe('the usage watch', () => {
  it('tells those that it watches, and those only', async () => {
    const watch = new UsageWatch();
    const seen: string[] = [];
    const watched = (name: string) => ({ pid: process.pid, onUsage: () => void seen.push(name) });
    const [a, b] = [watched('a'), watched('b')];
    watch.add(a);
    watch.add(b);
    watch.delete(b);
    await new Promise((resolve) => setTimeout(resolve, 100));
    watch.stop();
    expect(new Set(seen)).toEqual(new Set(['a']));
  });
});
