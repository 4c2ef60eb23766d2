import type { Isolation } from './execution.js';

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
  /** Runner processes kept warm. */
  readonly minRunners: number;
  /** Most runner processes at once, so also most executions at once. */
  readonly maxRunners: number;
  /** Most executions waiting for a runner process; one more is answered busy. */
  readonly queueSize: number;
  /** Longest wait for a runner process, in milliseconds. */
  readonly queueTimeoutMs: number;
  /** A runner process is replaced after this many executions. */
  readonly maxExecutionsPerRunner: number;
  /**
   * `context`: a fresh context for each execution, in a runner process of its tenant only. `process`: a fresh
   * runner process for each. An execution may ask for the stricter of them, never for the looser.
   */
  readonly isolation: Isolation;
  /** JavaScript heap of a runner process, in MiB. */
  readonly maxHeapMiB: number;
  /** All memory of a runner process, in MiB: heap, buffers, WebAssembly, and about 50 of Node itself. */
  readonly maxMemoryMiB: number;
  /** Processor time of one execution, in milliseconds; undefined: no limit but its deadline. */
  readonly maxCpuMs: number | undefined;
  /** Largest result, in bytes of its JSON text. */
  readonly maxResultBytes: number;
  /** Most levels of arrays and objects in the globals, and in a result. */
  readonly maxDepth: number;
  /** Largest code, and largest globals and caller too, each in bytes of its text or JSON. */
  readonly maxScriptBytes: number;
  /** Past as many lines or bytes the console of an execution is cut. */
  readonly maxConsoleLines: number;
  readonly maxConsoleBytes: number;
  /** An idle runner process above `minRunners` is ended after this many milliseconds. */
  readonly idleTimeoutMs: number;
}

export const DEFAULT_SANDBOX_OPTIONS: SandboxOptions = {
  modules: ['*'],
  moduleDirs: [],
  nodePath: process.execPath,
  minRunners: 2,
  maxRunners: 64,
  queueSize: 1024,
  queueTimeoutMs: 10_000,
  // Contexts do not leak measurably (notes/isolation-bench.md: flat over 20k); this bounds what is not known to.
  maxExecutionsPerRunner: 10_000,
  isolation: 'context',
  maxHeapMiB: 256,
  maxMemoryMiB: 512,
  maxCpuMs: undefined,
  maxResultBytes: 8 * 1024 * 1024,
  maxDepth: 1000,
  maxScriptBytes: 8 * 1024 * 1024,
  maxConsoleLines: 10_000,
  maxConsoleBytes: 1024 * 1024,
  idleTimeoutMs: 30_000,
};
