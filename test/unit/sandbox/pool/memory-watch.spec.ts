import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { MemoryWatch, residentBytes } from '../../../../src/sandbox/pool/memory-watch.js';

describe('the memory watch', () => {
  it('reads the memory of a process', () => {
    const bytes = residentBytes(process.pid) ?? 0;
    expect(bytes / process.memoryUsage.rss()).toBeGreaterThan(0.5);
  });

  it('counts the children of a process with it', async () => {
    const fill = 'const a = Buffer.alloc(1e8, 1); console.log(a.length); setInterval(() => {}, 1000)';
    const shell = spawn('/bin/sh', ['-c', `'${process.execPath}' -e '${fill}'; :`], {
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    await once(shell.stdout, 'data');
    const bytes = residentBytes(shell.pid);
    process.kill(-(shell.pid ?? NaN), 'SIGKILL');
    expect(bytes).toBeGreaterThan(1e8);
  });

  it('knows nothing of a process that is gone', () => {
    expect(residentBytes(undefined)).toBeUndefined();
    expect(residentBytes(2 ** 30)).toBeUndefined();
  });

  it('tells those that it watches, and those only', async () => {
    const watch = new MemoryWatch();
    const seen: string[] = [];
    const watched = (name: string) => ({ pid: process.pid, weighed: () => void seen.push(name) });
    const [a, b] = [watched('a'), watched('b')];
    watch.add(a);
    watch.add(b);
    watch.delete(b);
    await new Promise((resolve) => setTimeout(resolve, 100));
    watch.stop();
    expect(new Set(seen)).toEqual(new Set(['a']));
  });
});
