import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

/** Where Linux mounts the CPU controllers of cgroup version 1. */
const V1_FOLDERS = ['cpu,cpuacct', 'cpu'];

/**
 * Number of cores that this process may use, at least one: those of the machine, or fewer if its control group has a CPU
 * quota, which Node 20 ignores.
 * @param root of the file system
 */
export function cores(root = '/'): number {
  const quota = Math.min(...quotas(root), Infinity);
  return Math.max(Math.min(availableParallelism(), Math.floor(quota)), 1);
}

/** Quotas in cores of the control group of this process and of its ancestors; the smallest applies. */
function* quotas(root: string): Generator<number> {
  for (const line of textOf(join(root, 'proc/self/cgroup')).split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === undefined || path === undefined) continue;
    const mounts = join(root, 'sys/fs/cgroup');
    for (const group of upFrom(path)) {
      if (controllers === '') yield quotaV2(textOf(join(mounts, group, 'cpu.max')));
      else if (controllers.split(',').includes('cpu'))
        for (const folder of V1_FOLDERS) yield quotaV1(join(mounts, folder, group));
    }
  }
}

/** In a container the path may be the path on the host, of which only the root is mounted. */
function* upFrom(path: string): Generator<string> {
  for (let group = path; ; group = dirname(group)) {
    yield group;
    if (group === '/') return;
  }
}

/** `max 100000`, or a quota and a period in microseconds. */
function quotaV2(text: string): number {
  const [quota, period] = text.trim().split(' ');
  return share(Number(quota), Number(period));
}

function quotaV1(folder: string): number {
  return share(
    Number(textOf(join(folder, 'cpu.cfs_quota_us'))),
    Number(textOf(join(folder, 'cpu.cfs_period_us'))),
  );
}

/** -1 and `max` mean no quota. */
function share(quota: number, period: number): number {
  return quota > 0 && period > 0 ? quota / period : Infinity;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
