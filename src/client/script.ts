/** A function that a script may call, as `await host.<name>(...)`; arguments and result are JSON. */
export type HostFunction = (...args: never[]) => unknown;

/** Functions by name, or groups of them: `{ charge, db: { find } }` are `host.charge` and `host.db.find`. */
export interface HostFunctions {
  readonly [name: string]: HostFunction | HostFunctions;
}

/** What one execution asks of the service beside its script (PROTOCOL.md). */
export interface ExecuteOptions {
  /** Console lines and yielded values as they happen. Asked for by itself where somebody iterates from the start. */
  readonly stream?: boolean;
  /** Milliseconds for script and call together; only less than the operator's. */
  readonly timeout?: number;
  /** Milliseconds of processor time. */
  readonly cpu?: number;
  /** MiB. */
  readonly memory?: number;
  readonly console?: { readonly lines?: number; readonly bytes?: number };
  /** Bytes of the value's JSON. */
  readonly result?: number;
  /** Only the stricter. */
  readonly isolation?: 'context' | 'process';
  /** What the script may `require`; only less than the operator's allowlist. */
  readonly modules?: readonly string[];
  /** Calls a prepared script in a context that is kept for it: what it leaves there may be there the next time, or not. */
  readonly reuse?: boolean;
  /** The script runs on when the connection is lost; nobody hears its answer then. */
  readonly keepRunning?: boolean;
  /** Whether waiting for host functions counts against `timeout`. */
  readonly hostTime?: 'counts' | 'pauses';
}

/** What {@link Client.prepare} takes: the part of a script that is the same for each call. */
export interface ScriptTexts {
  /** JavaScript to evaluate in a fresh context. */
  readonly code: string;
  /** Absent for JavaScript, which may be a module by its syntax. */
  readonly language?: 'module' | 'typescript' | null;
  /** Code of the function `(callee, cb)` that calls it; absent for the default caller. */
  readonly caller?: string | null;
}

/** One call of {@link Client.execute}. */
export interface ExecuteRequest extends ScriptTexts, CallRequest {
  readonly options?: Omit<ExecuteOptions, 'reuse'>;
}

/** One call of a prepared script. */
export interface CallRequest {
  /** Each key becomes a global. JSON, copied when `execute` is called. */
  readonly globals?: Readonly<Record<string, unknown>> | null;
  /** Name of the function to call; absent for the default export of a module. */
  readonly call?: string;
  readonly options?: ExecuteOptions;
  /** Served to this script, and to no other. */
  readonly functions?: HostFunctions;
  /** Cancels the execution when it is aborted. */
  readonly signal?: AbortSignal;
  /** How often to ask again after 1200 or 1202, of which nothing ran. */
  readonly retry?: number;
}

/** Where the time and the memory of an execution went: milliseconds, `memory` in bytes. */
export interface Usage {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
  readonly queued: number;
  readonly started: number;
  readonly run: number;
}

/** What an execution gives. */
export interface Result<Value = unknown> {
  /** What the script gave to its callback or returned, as JSON. */
  readonly value: Value;
  /** One text for each call of a console function. */
  readonly console: readonly string[];
  /** Whole milliseconds, the wait for a runner not counted. */
  readonly time: number;
  /** There when `options` or `functions` were given and the service measures it. */
  readonly usage?: Usage;
}

/** One line of a script's console. Level and time are known of lines that were streamed. */
export interface ConsoleLine {
  readonly text: string;
  /** `log`, `info`, `warn`, `error`, `debug`, `trace` … */
  readonly level?: string;
  /** Whole milliseconds since the execution began. */
  readonly time?: number;
}
