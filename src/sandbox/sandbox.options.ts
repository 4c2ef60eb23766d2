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
  /** Most memory of a runner process, in bytes, Node itself included. */
  readonly maxMemoryBytes: number;
  /** Largest result, in bytes of its JSON text. */
  readonly maxResultBytes: number;
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
  maxMemoryBytes: 256 * 1024 * 1024,
  maxResultBytes: 8 * 1024 * 1024,
  idleTimeoutMs: 30_000,
};
