import type { Allowance, Isolation } from './execution.js';
import type { Guarantee } from './guarantees/guarantee.js';

/** Injection token of {@link SandboxOptions}. */
export const SANDBOX_OPTIONS = Symbol('SANDBOX_OPTIONS');

/** Settings of the sandbox, all filled; defaults are in {@link DEFAULT_SANDBOX_OPTIONS}. */
export interface SandboxOptions {
  /** Allowlist: names and `@scope/*` or `*` patterns. `[]` closes `require`. */
  readonly modules: readonly string[];
  /** Folders of installed packages (`node_modules`), first match wins. */
  readonly moduleDirs: readonly string[];
  /** The node binary of the runner processes. */
  readonly nodePath: string;
  /** Folders in which setpriv, prlimit, unshare and choom are looked for. */
  readonly toolDirs: readonly string[];
  /** Where the service is root: first of 600 user ids, one for each runner process, that nobody else uses. */
  readonly firstUid: number;
  /** Guarantees without which the sandbox does not start. */
  readonly requiredGuarantees: readonly Guarantee[];
  /** Runner processes kept warm. */
  readonly minRunners: number;
  /** Most runner processes at once, so also most executions at once. */
  readonly maxRunners: number;
  /**
   * Of those, how many only tenants with nothing running may take: one tenant can never hold them all. undefined: an
   * eighth, and at least one, from the second tenant on that was seen in the last ten minutes.
   */
  readonly reservedRunners: number | undefined;
  /** Most executions waiting for a runner process; one more is answered busy. */
  readonly queueSize: number;
  /** Longest wait for a runner process, in milliseconds. */
  readonly queueTimeoutMs: number;
  /** A runner process is replaced after this many executions. */
  readonly maxExecutionsPerRunner: number;
  /** An execution may ask for the stricter level, never for the looser. */
  readonly isolation: Isolation;
  /** Whether packages may load native add-ons, at level `process`. */
  readonly addons: boolean;
  /** Whether contexts compile WebAssembly. */
  readonly webAssembly: boolean;
  /** Most memory of a runner process, in bytes: heap, buffers, WebAssembly, and about 50 MiB of Node itself. */
  readonly maxMemoryBytes: number;
  /** Largest JavaScript heap of a runner process, in bytes; undefined: a share of its memory. */
  readonly maxHeapBytes: number | undefined;
  /** Most processor time of an execution, in milliseconds; undefined: as much as its deadline lets it. */
  readonly maxCpuMs: number | undefined;
  /**
   * Most milliseconds by the clock of an execution with `hostTime: 'pauses'`, waiting for its host included. Its own
   * `timeoutMs` is always allowed.
   */
  readonly maxHostTimeMs: number;
  /** Largest code and largest caller, in bytes of UTF-8 each. */
  readonly maxCodeBytes: number;
  /** Largest globals, in bytes of their JSON. */
  readonly maxGlobalsBytes: number;
  /** Largest result, in bytes of its JSON. */
  readonly maxResultBytes: number;
  /** Most levels of arrays and objects in globals, and in a result. */
  readonly maxDepth: number;
  readonly maxConsoleLines: number;
  /** In bytes of UTF-8. */
  readonly maxConsoleBytes: number;
  /** What becomes of a longer console: it is cut, with a last line that says so, or the script is ended. */
  readonly consoleExcess: 'cut' | 'end';
  /** How far an execution's own limits may go beyond these; what is absent cannot be widened. */
  readonly widest: Omit<Allowance, 'maxMemoryBytes' | 'maxHostTimeMs'>;
  /** An idle runner process above `minRunners` is ended after this many milliseconds. */
  readonly idleTimeoutMs: number;
}

export const DEFAULT_SANDBOX_OPTIONS: SandboxOptions = {
  modules: ['*'],
  moduleDirs: [],
  nodePath: process.execPath,
  toolDirs: ['/usr/local/bin', '/usr/bin', '/bin'],
  firstUid: 60_578,
  requiredGuarantees: [],
  minRunners: 2,
  maxRunners: 64,
  reservedRunners: undefined,
  queueSize: 1024,
  queueTimeoutMs: 10_000,
  // Contexts do not leak measurably: memory stayed flat over 20,000 of them. This bounds leaks that are not known.
  maxExecutionsPerRunner: 10_000,
  isolation: 'context',
  addons: false,
  webAssembly: false,
  maxMemoryBytes: 256 * 1024 * 1024,
  maxHeapBytes: undefined,
  maxCpuMs: undefined,
  maxHostTimeMs: 60_000,
  maxCodeBytes: 8 * 1024 * 1024,
  maxGlobalsBytes: 8 * 1024 * 1024,
  maxResultBytes: 8 * 1024 * 1024,
  maxDepth: 1000,
  maxConsoleLines: 10_000,
  maxConsoleBytes: 4 * 1024 * 1024,
  consoleExcess: 'cut',
  widest: {},
  idleTimeoutMs: 30_000,
};
