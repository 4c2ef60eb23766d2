import type { Condition } from './condition.js';

/** Linux' error numbers. */
const EACCES = 13;
const ENOSYS = 38;

/** What a call is answered instead of being done. */
export interface Refusal {
  readonly errno: number;
  /** The call is refused where any of these holds; in every case when there is none. */
  readonly when: readonly Condition[];
}

export const DENY: Refusal = { errno: EACCES, when: [] };
/** As on a kernel without the call: libraries then take the older one, which is judged below. */
export const UNKNOWN: Refusal = { errno: ENOSYS, when: [] };

const O_WRONLY = 0o1;
const O_RDWR = 0o2;
const O_CREAT = 0o100;
const O_TRUNC = 0o1000;
const O_APPEND = 0o2000;
// O_TMPFILE holds a bit of its own, and needs O_WRONLY or O_RDWR.
const WRITES = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;

const CLONE_THREAD = 0x00010000;

const F_SETOWN = 8;
const F_SETSIG = 10;
const F_SETOWN_EX = 15;
const F_SETLEASE = 1024;
const F_NOTIFY = 1026;

const FIOSETOWN = 0x8901;
const SIOCSPGRP = 0x8902;
const TIOCSTI = 0x5412;
const TIOCLINUX = 0x541c;

const PR_SET_PDEATHSIG = 1;
const PR_SET_DUMPABLE = 4;
const PR_SET_SECCOMP = 22;
const PR_SET_MM = 35;
const PR_SET_CHILD_SUBREAPER = 36;
const PR_SET_PTRACER = 0x59616d61;

const equals = (argument: number, ...values: readonly number[]): readonly Condition[] =>
  values.map((value) => ({ kind: 'equals', argument, value }));

/** Calls that Node needs, but not with every argument. */
export const JUDGEMENTS: ReadonlyMap<string, Refusal> = new Map([
  // Files are opened to be read.
  ['open', { errno: EACCES, when: [{ kind: 'anyBit', argument: 1, value: WRITES }] }],
  ['openat', { errno: EACCES, when: [{ kind: 'anyBit', argument: 2, value: WRITES }] }],
  // Threads are made, processes are not. `clone3` keeps its flags in memory, which no filter can read.
  ['clone', { errno: EACCES, when: [{ kind: 'noBit', argument: 0, value: CLONE_THREAD }] }],
  ['clone3', UNKNOWN],
  // A descriptor's owner is sent a signal of one's choice: `kill` by another way.
  ['fcntl', { errno: EACCES, when: equals(1, F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY) }],
  ['ioctl', { errno: EACCES, when: equals(1, FIOSETOWN, SIOCSPGRP, TIOCSTI, TIOCLINUX) }],
  // Else a runner could outlive its gateway, or let another runner into its memory.
  [
    'prctl',
    {
      errno: EACCES,
      when: equals(
        0,
        PR_SET_PDEATHSIG,
        PR_SET_DUMPABLE,
        PR_SET_SECCOMP,
        PR_SET_MM,
        PR_SET_CHILD_SUBREAPER,
        PR_SET_PTRACER,
      ),
    },
  ],
  // Only its own limits, which it can only lower.
  ['prlimit64', { errno: EACCES, when: [{ kind: 'notEquals', argument: 0, value: 0 }] }],
]);
