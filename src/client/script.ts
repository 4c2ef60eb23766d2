/** A function that the script can call as `await host.<name>(...)`. Arguments and result are JSON. */
export type HostFunction = (...args: never[]) => unknown;

/** Host functions by name, or nested groups: `{ charge, db: { find } }` become `host.charge` and `host.db.find`. */
export interface HostFunctions {
  readonly [name: string]: HostFunction | HostFunctions;
}

/** Options of one execution (PROTOCOL.md). */
export interface ExecuteOptions {
  /**
   * Streams console lines and yielded values. Turned on automatically if a loop starts in the same turn as the call.
   */
  readonly stream?: boolean;
  /** Milliseconds for evaluating the script and the call together, up to the operator's ceiling. */
  readonly timeout?: number;
  /** Milliseconds of CPU time. */
  readonly cpu?: number;
  /** MiB. */
  readonly memory?: number;
  readonly console?: { readonly lines?: number; readonly bytes?: number };
  /** Maximum size of the result value, in bytes of JSON. */
  readonly result?: number;
  /** Only a stricter isolation level than the operator's. */
  readonly isolation?: 'context' | 'process';
  /** Packages that the script may load: a subset of the operator's allowlist. */
  readonly modules?: readonly string[];
  /**
   * Calls a prepared script in a context that is kept between calls. State of earlier calls may still exist, but need
   * not.
   */
  readonly reuse?: boolean;
  /** The script keeps running when the connection is lost. Its reply is lost. */
  readonly keepRunning?: boolean;
  /** Whether the time spent waiting for host functions counts towards `timeout`. */
  readonly hostTime?: 'counts' | 'pauses';
}

/** Argument of {@link Client.prepare}: the part of a script that is the same for each call. */
export interface ScriptTexts {
  /** JavaScript to evaluate in a fresh context. */
  readonly code: string;
  /** Absent for JavaScript; module syntax is detected. */
  readonly language?: 'module' | 'typescript' | null;
  /** Code of a function `(callee, cb)` that calls the callee; absent for the default caller. */
  readonly caller?: string | null;
}

/** One call of {@link Client.execute}. */
export interface ExecuteRequest extends ScriptTexts, CallRequest {
  readonly options?: Omit<ExecuteOptions, 'reuse'>;
}

/** One call of a prepared script. */
export interface CallRequest {
  /** Each key becomes a global. Serialized as JSON when `execute` is called. */
  readonly globals?: Readonly<Record<string, unknown>> | null;
  /** Name of the function to call. Absent for the default export of a module. */
  readonly call?: string;
  readonly options?: ExecuteOptions;
  /** Host functions for this script only. */
  readonly functions?: HostFunctions;
  /** Cancels the execution when the signal aborts. */
  readonly signal?: AbortSignal;
  /** Retries after error 1200 or 1202, which mean that nothing ran. */
  readonly retry?: number;
}

/** Time and memory used by an execution: milliseconds, `memory` in bytes. */
export interface Usage {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
  readonly queued: number;
  readonly started: number;
  readonly run: number;
}

/** Result of an execution. */
export interface Result<Value = unknown> {
  /** The value that the script returned or passed to its callback, as JSON. */
  readonly value: Value;
  /** One entry for each call of a console function. */
  readonly console: readonly string[];
  /** Whole milliseconds, without the wait for a runner. */
  readonly time: number;
  /** Present if `options` or `functions` were set and the service measures usage. */
  readonly usage?: Usage;
}

/** A console line. Level and time are only present in streamed lines. */
export interface ConsoleLine {
  readonly text: string;
  /** `log`, `info`, `warn`, `error`, `debug`, `trace` … */
  readonly level?: string;
  /** Whole milliseconds since the execution started. */
  readonly time?: number;
}
