import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cores } from '../../../src/config/cores.js';

const roots: string[] = [];

/** A root folder with these files. */
function rootOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'cores-'));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

const ALL = availableParallelism();

describe('the number of cores', () => {
  it.each([
    ['of the machine, without control groups', {}, ALL],
    [
      'of version 2, at the root of a container',
      { 'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/cpu.max': '100000 100000\n' },
      1,
    ],
    [
      'of version 2, in a group above',
      {
        'proc/self/cgroup': '0::/a.slice/b.scope\n',
        'sys/fs/cgroup/a.slice/cpu.max': '150000 100000\n',
        'sys/fs/cgroup/a.slice/b.scope/cpu.max': 'max 100000\n',
      },
      1,
    ],
    [
      'at least one, for a part of a core',
      { 'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/cpu.max': '20000 100000\n' },
      1,
    ],
    [
      'of version 1, where the path is that of the host',
      {
        'proc/self/cgroup': '5:memory:/docker/x\n3:cpu,cpuacct:/docker/x\n0::/docker/x\n',
        'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '100000\n',
        'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
      },
      1,
    ],
    [
      'of the machine, where version 1 has no quota',
      {
        'proc/self/cgroup': '3:cpu,cpuacct:/\n',
        'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n',
        'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
      },
      ALL,
    ],
    [
      'of the machine, where the quota is more',
      { 'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/cpu.max': '999900000 100000\n' },
      ALL,
    ],
    [
      'of the machine, where the files say nothing that can be read',
      { 'proc/self/cgroup': 'x\n0::/../..\n', 'sys/fs/cgroup/cpu.max': 'often\n' },
      ALL,
    ],
  ])('is that %s', (_, files, expected) => {
    expect(cores(rootOf(files as Readonly<Record<string, string>>))).toBe(expected);
  });
});
