/** How much of the machine a runner process may have. */
export interface ResourceLimits {
  /** Most memory, which the gateway watches; V8's heap may have a part of it. */
  readonly memoryBytes?: number | undefined;
  /** Most bytes of writable private memory of a process (RLIMIT_DATA); the machine's own limit when absent. */
  readonly dataBytes?: number | undefined;
}

/** Node itself uses about twenty, and a package some more. */
const MAX_DESCRIPTORS = 256;
/** Node's own threads and no bomb. Counted over all processes of a user, so it means something for an own user only. */
const MAX_THREADS = 64;

/** Options of `prlimit`: no core dumps, which would hold other people's scripts, and no byte written to any file. */
export function resourceLimitOptions({ dataBytes }: ResourceLimits, hasOwnUser: boolean): readonly string[] {
  return [
    '--core=0',
    '--fsize=0',
    `--nofile=${MAX_DESCRIPTORS}`,
    ...(hasOwnUser ? [`--nproc=${MAX_THREADS}`] : []),
    ...(dataBytes === undefined ? [] : [`--data=${dataBytes}`]),
  ];
}
