import type { Isolation } from './execution.js';
import type { Guarantee } from './guarantees/guarantee.js';
import type { LimitOptions } from './limits.js';

/** Injection token of {@link SandboxOptions}. */
export const SANDBOX_OPTIONS = Symbol('SANDBOX_OPTIONS');

/** Settings of the sandbox, all filled; defaults are in {@link DEFAULT_SANDBOX_OPTIONS}. */
export interface SandboxOptions extends LimitOptions {
  /** Allowlist: names and `@scope/*` or `*` patterns. `[]` closes `require`. */
  readonly modules: readonly string[];
  /** Folders of installed packages (`node_modules`), first match wins. */
  readonly moduleDirs: readonly string[];
  /** Folder of the code cache; undefined: each runner process compiles packages itself. */
  readonly codeCacheDir: string | undefined;
  /** Most bytes of the code cache. */
  readonly maxCodeCacheBytes: number;
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
  /** Largest JavaScript heap of a runner process, in bytes; undefined: a share of its memory. */
  readonly maxHeapBytes: number | undefined;
  /** Largest code and largest caller, in bytes of UTF-8 each. */
  readonly maxCodeBytes: number;
  /** Largest globals, in bytes of their JSON. */
  readonly maxGlobalsBytes: number;
  /** What becomes of a longer console: it is cut, with a last line that says so, or the script is ended. */
  readonly consoleExcess: 'cut' | 'end';
  /** An idle runner process above `minRunners` is ended after this many milliseconds. */
  readonly idleTimeoutMs: number;
}

export const DEFAULT_SANDBOX_OPTIONS: SandboxOptions = {
  modules: ['*'],
  moduleDirs: [],
  codeCacheDir: undefined,
  maxCodeCacheBytes: 256 * 1024 * 1024,
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
