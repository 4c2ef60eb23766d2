import { readFileSync } from 'node:fs';
import { encode, seccompProgram } from '../../../../build/seccomp/index.js';
import { AUDIT_ARCH, DENIED_GROUPS, deniedCalls } from '../../../../build/seccomp/syscalls.js';
import { answerOf } from '../../../support/seccomp-machine.js';

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const EACCES = 0x00050000 | 13;
const ENOSYS = 0x00050000 | 38;

const X64 = encode(seccompProgram('x64'));
const ARM64 = encode(seccompProgram('arm64'));

/** By hand, from `ausyscall --dump` and the man pages: not from the list that makes the program. */
const CALLS: readonly [name: string, x64: number, arm64: number, args: number[], answer: number][] = [
  ['read', 0, 63, [3], ALLOW],
  ['write', 1, 64, [3], ALLOW],
  ['mmap', 9, 222, [], ALLOW],
  ['mprotect', 10, 226, [], ALLOW],
  ['rt_sigreturn', 15, 139, [], ALLOW],
  ['futex', 202, 98, [], ALLOW],
  ['execve (the tools before Node)', 59, 221, [], ALLOW],
  ['exit_group', 231, 94, [], ALLOW],
  ['getrandom', 318, 278, [], ALLOW],
  ['epoll_pwait', 281, 22, [], ALLOW],
  ['seccomp', 317, 277, [], ALLOW],
  ['mseal, the newest that is known', 462, 462, [], ALLOW],
  ['a call that is newer', 463, 463, [], ENOSYS],
  ['a call of no kernel yet', 5000, 5000, [], ENOSYS],
  ['socket', 41, 198, [2, 1, 0], EACCES],
  ['connect', 42, 203, [], EACCES],
  ['sendto', 44, 206, [], EACCES],
  ['sendmsg', 46, 211, [], EACCES],
  ['kill', 62, 129, [1, 9], EACCES],
  ['tgkill', 234, 131, [], EACCES],
  ['pidfd_send_signal', 424, 424, [], EACCES],
  ['ptrace', 101, 117, [], EACCES],
  ['process_vm_readv', 310, 270, [], EACCES],
  ['io_uring_setup', 425, 425, [], EACCES],
  ['bpf', 321, 280, [], EACCES],
  ['unshare', 272, 97, [], EACCES],
  ['mount', 165, 40, [], EACCES],
  ['memfd_create', 319, 279, [], EACCES],
  ['symlinkat', 266, 36, [], EACCES],
  ['fork', 57, 1079, [], EACCES],
  ['vfork', 58, 1071, [], EACCES],
  ['clone of a thread', 56, 220, [0x003d0f00], ALLOW],
  ['clone of a process', 56, 220, [17], EACCES],
  ['clone as posix_spawn does', 56, 220, [0x4111], EACCES],
  ['clone3', 435, 435, [], ENOSYS],
  ['openat to read', 257, 56, [-100, 0, 0o2000000], ALLOW],
  ['openat to write', 257, 56, [-100, 0, 0o1], EACCES],
  ['openat to read and write', 257, 56, [-100, 0, 0o2], EACCES],
  ['openat to make', 257, 56, [-100, 0, 0o100], EACCES],
  ['openat with O_TMPFILE', 257, 56, [-100, 0, 0o20200002], EACCES],
  ['openat2', 437, 437, [], EACCES],
  ['fcntl F_SETFL', 72, 25, [3, 4, 0o4000], ALLOW],
  ['fcntl F_SETOWN', 72, 25, [3, 8, 1], EACCES],
  ['fcntl F_SETSIG', 72, 25, [3, 10, 9], EACCES],
  ['ioctl FIONBIO', 16, 29, [3, 0x5421], ALLOW],
  ['ioctl FIOSETOWN', 16, 29, [3, 0x8901], EACCES],
  ['ioctl TIOCSTI', 16, 29, [0, 0x5412], EACCES],
  ['prctl PR_SET_NAME', 157, 167, [15], ALLOW],
  ['prctl PR_SET_PDEATHSIG', 157, 167, [1, 0], EACCES],
  ['prctl PR_SET_PTRACER', 157, 167, [0x59616d61, -1], EACCES],
  ['prlimit64 of itself', 302, 261, [0, 7], ALLOW],
  ['prlimit64 of another', 302, 261, [1, 7], EACCES],
];

describe('the system call filter', () => {
  it.each(CALLS)('%s', (_, x64, arm64, args, answer) => {
    expect(answerOf(X64, { architecture: 0xc000003e, number: x64, arguments: args })).toBe(answer);
    // arm64 has no fork and no vfork; whatever has their numbers, or more, is a call that does not exist.
    const expected = arm64 > 1000 ? ENOSYS : answer;
    expect(answerOf(ARM64, { architecture: 0xc00000b7, number: arm64, arguments: args })).toBe(expected);
  });

  it('asks for the machine before anything else, and ends a process that calls as another one', () => {
    expect(X64.subarray(0, 8).toString('hex')).toBe('2000000004000000');
    const others = [0x40000003, 0xc00000b7, 0];
    for (const architecture of others)
      for (const number of [0, 41, 0x40000029]) expect(answerOf(X64, { architecture, number })).toBe(KILL);
    expect(answerOf(ARM64, { architecture: 0xc000003e, number: 63 })).toBe(KILL);
  });

  it.each([0x40000000, 0x40000000 + 41, 0x40000000 + 520, 0xffffffff])(
    'refuses the x32 call %d',
    (number) => {
      expect(answerOf(X64, { architecture: AUDIT_ARCH.x64, number })).toBe(EACCES);
    },
  );

  it('looks at the half of an argument that the kernel looks at', () => {
    const hidden = 2 ** 32 + 8;
    expect(answerOf(X64, { architecture: AUDIT_ARCH.x64, number: 72, arguments: [3, hidden, 1] })).toBe(
      EACCES,
    );
  });

  it.each(['x64', 'arm64'] as const)(
    'refuses every call of the list on %s, in a program that loads',
    (arch) => {
      const program = encode(seccompProgram(arch));
      expect(program.length / 8).toBeLessThan(4096);
      const calls = DENIED_GROUPS.flatMap((group) => Array.from(deniedCalls(group, arch).values()));
      expect(calls.length).toBeGreaterThan(100);
      expect(calls).toEqual(expect.not.arrayContaining([Number.NaN]));
      for (const number of calls)
        expect([number, answerOf(program, { architecture: AUDIT_ARCH[arch], number })]).toEqual([
          number,
          EACCES,
        ]);
    },
  );

  it.each(['x64', 'arm64'] as const)('is in the build for %s', (arch) => {
    const file = new URL(`../../../../dist/sandbox/pool/hardening/seccomp/${arch}.bpf`, import.meta.url);
    expect(readFileSync(file).equals(encode(seccompProgram(arch)))).toBe(true);
  });
});
