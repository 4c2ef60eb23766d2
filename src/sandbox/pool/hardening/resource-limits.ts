/** How much of the machine a runner process may have. */
export interface ResourceLimits {
  /** Most memory, which the gateway watches. */
  readonly memoryBytes?: number | undefined;
  /** Most of V8's heap; a share of the memory when absent. */
  readonly heapBytes?: number | undefined;
}

/** Node itself uses about twenty, and a package some more. */
const MAX_DESCRIPTORS = 256;
/** Node's own threads and no bomb. Counted over all processes of a user, so it means something for an own user only. */
const MAX_THREADS = 64;

/**
 * On top of the memory, what V8 and Node map and never touch. The kernel then ends at once what would outgrow a
 * machine between two looks of the gateway; an own measurement: Node 20 to 26 start with it.
 */
const MAPPED_BYTES = 2 ** 30;
/** Of the memory, what V8's heap may have: it then collects garbage before the process is too large. */
const HEAP_SHARE = 0.6;

/** Options of `prlimit`: no core dumps, which would hold other people's scripts, and no byte written to any file. */
export function resourceLimitOptions(
  { memoryBytes }: ResourceLimits,
  hasOwnUser: boolean,
): readonly string[] {
  return [
    '--core=0',
    '--fsize=0',
    `--nofile=${MAX_DESCRIPTORS}`,
    ...(hasOwnUser ? [`--nproc=${MAX_THREADS}`] : []),
    ...(memoryBytes === undefined ? [] : [`--data=${memoryBytes + MAPPED_BYTES}`]),
  ];
}

/** Flags of Node: the rest of the memory is its own, the young generation, and what lies outside V8's heap. */
export function heapFlags({ memoryBytes, heapBytes }: ResourceLimits): readonly string[] {
  const bytes = heapBytes ?? (memoryBytes === undefined ? undefined : memoryBytes * HEAP_SHARE);
  return bytes === undefined ? [] : [`--max-old-space-size=${Math.floor(bytes / 2 ** 20)}`];
}
