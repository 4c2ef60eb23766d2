/** Machines that the filter is made for, in the words of `process.arch`. */
export type Architecture = 'x64' | 'arm64';

/** What the kernel calls the machine (`AUDIT_ARCH_*` of linux/audit.h): ELF machine, 64 bits, little-endian. */
export const AUDIT_ARCH: Readonly<Record<Architecture, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };

/**
 * Calls that a runner process is refused whatever their arguments, each with its number on x86-64 and on arm64
 * (arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h of Linux); `-` where there is none.
 *
 * Everything else stays allowed, so that a new Node does not fail on a call that nobody thought of; but no call
 * that is newer than this list.
 */
const DENIED = {
  /** No new socket, and nothing through the one there is (fd 3) but plain reads and writes: no descriptors. */
  network: `
    socket 41 198, socketpair 53 199, connect 42 203, bind 49 200, listen 50 201, accept 43 202,
    accept4 288 242, sendto 44 206, sendmsg 46 211, sendmmsg 307 269, recvmmsg 299 243`,
  /** The thread-directed ones too: `tgkill` takes the id of any process. */
  signals: `
    kill 62 129, tkill 200 130, tgkill 234 131, rt_sigqueueinfo 129 138, rt_tgsigqueueinfo 297 240,
    pidfd_open 434 434, pidfd_send_signal 424 424, pidfd_getfd 438 438, mq_notify 244 184`,
  /** `clone` and `prlimit64` are below, by their arguments. Reading, writing, steering or renicing other processes. */
  processes: `
    fork 57 -, vfork 58 -, ptrace 101 117, process_vm_readv 310 270, process_vm_writev 311 271,
    process_madvise 440 440, process_mrelease 448 448, kcmp 312 272, setns 308 268, unshare 272 97,
    execveat 322 281, setpriority 141 140, sched_setparam 142 118, sched_setscheduler 144 119,
    sched_setattr 314 274, sched_setaffinity 203 122, ioprio_set 251 30, migrate_pages 256 238,
    move_pages 279 239, setpgid 109 154, setsid 112 157`,
  /** Who the process is, and in which mode it runs. Not `capset`, which can only give up: setpriv calls it under the filter. */
  identity: `
    setuid 105 146, setgid 106 144, setreuid 113 145, setregid 114 143, setresuid 117 147,
    setresgid 119 149, setfsuid 122 151, setfsgid 123 152, setgroups 116 159,
    personality 135 92`,
  /** Everything that changes a file or its metadata, which Landlock leaves open in part (chmod, chown, utime, xattr). */
  files: `
    creat 85 -, rename 82 -, renameat 264 38, renameat2 316 276, unlink 87 -, unlinkat 263 35, mkdir 83 -,
    mkdirat 258 34, rmdir 84 -, link 86 -, linkat 265 37, symlink 88 -, symlinkat 266 36, mknod 133 -,
    mknodat 259 33, truncate 76 45, ftruncate 77 46, fallocate 285 47, chmod 90 -, fchmod 91 52,
    fchmodat 268 53, fchmodat2 452 452, chown 92 -, fchown 93 55, lchown 94 -, fchownat 260 54, utime 132 -,
    utimes 235 -, futimesat 261 -, utimensat 280 88, setxattr 188 5, lsetxattr 189 6, fsetxattr 190 7,
    removexattr 197 14, lremovexattr 198 15, fremovexattr 199 16, memfd_create 319 279,
    memfd_secret 447 447, copy_file_range 326 285, name_to_handle_at 303 264, open_by_handle_at 304 265,
    openat2 437 437, fanotify_init 300 262, fanotify_mark 301 263, inotify_add_watch 254 27, flock 73 32`,
  /** What is mounted where. */
  mounts: `
    mount 165 40, umount2 166 39, pivot_root 155 41, chroot 161 51, swapon 167 224, swapoff 168 225,
    quotactl 179 60, quotactl_fd 443 443, open_tree 428 428, move_mount 429 429, fsopen 430 430,
    fsconfig 431 431, fsmount 432 432, fspick 433 433, mount_setattr 442 442, statmount 457 457,
    listmount 458 458, sysfs 139 -, ustat 136 -, nfsservctl 180 42, acct 163 89`,
  /** Shared memory, semaphores and queues, which all processes of a machine see. */
  ipc: `
    shmget 29 194, shmat 30 196, shmctl 31 195, shmdt 67 197, semget 64 190, semop 65 193, semctl 66 191,
    semtimedop 220 192, msgget 68 186, msgsnd 69 189, msgrcv 70 188, msgctl 71 187, mq_open 240 180,
    mq_unlink 241 181, mq_timedsend 242 182, mq_timedreceive 243 183, mq_getsetattr 245 185`,
  /** Parts of the kernel that a script runner has no use for, and where its holes were found. */
  kernel: `
    bpf 321 280, perf_event_open 298 241, userfaultfd 323 282, add_key 248 217, request_key 249 218,
    keyctl 250 219, io_uring_setup 425 425, io_uring_enter 426 426, io_uring_register 427 427,
    io_setup 206 0, io_submit 209 2, io_destroy 207 1, io_cancel 210 3, io_getevents 208 4,
    io_pgetevents 333 292, kexec_load 246 104, kexec_file_load 320 294, init_module 175 105,
    finit_module 313 273, delete_module 176 106, create_module 174 -, reboot 169 142, syslog 103 116,
    settimeofday 164 170, clock_settime 227 112, adjtimex 159 171, clock_adjtime 305 266,
    sethostname 170 161, setdomainname 171 162, iopl 172 -, ioperm 173 -, modify_ldt 154 -,
    lookup_dcookie 212 18, vhangup 153 58, uselib 134 -, _sysctl 156 -, vmsplice 278 75,
    lsm_set_self_attr 460 460, map_shadow_stack 453 453`,
} as const;

/** Calls that are judged by an argument (`rules.ts`). */
const JUDGED = `
    open 2 -, openat 257 56, clone 56 220, clone3 435 435, fcntl 72 25, ioctl 16 29, prctl 157 167,
    prlimit64 302 261`;

/** The newest call that this list was made with (Linux 6.10: `mseal`); later ones do not exist for a runner. */
export const NEWEST_CALL = 462;

export type DeniedGroup = keyof typeof DENIED;
export const DENIED_GROUPS = Object.keys(DENIED) as readonly DeniedGroup[];

/** Names and numbers of the calls of one group. */
export function deniedCalls(group: DeniedGroup, architecture: Architecture): ReadonlyMap<string, number> {
  return numbers(DENIED[group], architecture);
}

export function judgedCalls(architecture: Architecture): ReadonlyMap<string, number> {
  return numbers(JUDGED, architecture);
}

function numbers(table: string, architecture: Architecture): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const entry of table.split(',')) {
    const [name = '', x64, arm64] = entry.trim().split(' ');
    const number = architecture === 'x64' ? x64 : arm64;
    if (number !== '-') found.set(name, Number(number));
  }
  return found;
}
