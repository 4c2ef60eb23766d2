/** The language of the sandbox port: types only, so that every layer can speak it without loading anything. */

import type { JsonText } from '../json-text/index.js';
import type { Egress } from './egress.js';
import type { ConsoleLevel } from './boundary/console-levels.js';
import type { Unanswered } from './boundary/call-facts.js';
import type { Language, Thrown } from './boundary/messages.js';
import type { AskedLimits } from './limits.js';

export type { Unanswered } from './boundary/call-facts.js';
export type { Thrown } from './boundary/messages.js';

/** A text, or the JSON of one: so a text of megabytes goes from the wire to the runner process as the bytes that came. */
export type Text = string | JsonText;

/** What a client sends to `runtime.execute` (the upstream README's `script`). */
export interface Script {
  /** JavaScript to evaluate in a fresh context. */
  readonly code: Text;
  /** What the code is; without it, a script, or a module where its syntax says so. */
  readonly language?: Language | undefined;
  /** Becomes properties of the context's global object. JSON data only: an object, or the JSON of one. */
  readonly globals: Readonly<Record<string, unknown>> | JsonText;
  /** Name of the function to call; `undefined` names none, which is answered `missing`. */
  readonly call: string | undefined;
  /** Code of the function that invokes the callee; `undefined` means the default caller. */
  readonly caller: Text | undefined;
}

/** The texts of a script: what is prepared. */
export type ScriptTexts = Pick<Script, 'code' | 'language' | 'caller'>;

/**
 * What is fresh for each execution: a context, in a runner process that serves one tenant only, or the process
 * itself. The second is the stricter.
 */
export type Isolation = 'context' | 'process';

/** One run of one script, with what it is allowed. */
export interface Execution {
  readonly script: Script;
  /** Id of the script's code, language and caller, where they were prepared: the same id, the same texts. */
  readonly prepared?: string | undefined;
  /** Runs a prepared script in a context that is kept for it and the tenant, where the sandbox keeps any. */
  readonly reuse?: boolean | undefined;
  /** Names and `@scope/*` or `*` patterns that the script may `require`. */
  readonly modules: readonly string[];
  /** Wall-clock milliseconds for script and call together, queueing not counted. */
  readonly timeoutMs: number;
  /** Where its requests go; without it there is no network. */
  readonly egress?: Egress | undefined;
  /** Runner processes are never shared between tenants. */
  readonly tenant: string;
  /** Most of its tenant's executions that run at once, this one included: it waits for the others. */
  readonly concurrency?: number | undefined;
  /** Time zone of the tenant's scripts; absent: that of the sandbox. */
  readonly timeZone?: string | undefined;
  /** Asks for the stricter level; the sandbox's own is never loosened. */
  readonly isolation?: Isolation | undefined;
  /** Limits of this execution, in place of the sandbox's defaults; the sandbox narrows them to its ceiling. */
  readonly limits?: AskedLimits | undefined;
  /** Dotted names of functions that the script finds on `host`: see {@link ExecutionWatcher.call}. */
  readonly functions?: readonly string[] | undefined;
  /** Whether a large value may come as a `JsonText`; else it is parsed, while every other client waits. */
  readonly takesText?: boolean | undefined;
  /** Whether the time that the script waits for such functions counts towards its deadline; so it does by default. */
  readonly hostTime?: 'counts' | 'pauses' | undefined;
}

/** One line of console, as it happens. */
export interface ConsoleLine {
  readonly level: ConsoleLevel;
  /** Whole milliseconds since the execution began. */
  readonly time: number;
  readonly text: string;
}

/**
 * Hears of an execution while it runs. What returns a promise holds the script's next lines and values back until
 * it settles.
 */
export interface ExecutionWatcher {
  console?(line: ConsoleLine): Promise<void> | undefined;
  /** A value that an async generator yielded, a large one as a `JsonText`; where nobody listens, a generator is a value like any other. */
  yielded?(value: unknown): Promise<void> | undefined;
  /**
   * Calls one of the execution's `functions`. What it rejects with reaches the script as `code`, `message` and
   * `data`, as far as it has them. What it gives may be a `JsonText`, too.
   * @param args large ones together as a `JsonText` of the list
   */
  call?(name: string, args: readonly unknown[] | JsonText): Promise<unknown>;
}

/** Where the time of an execution went, in milliseconds. */
export interface Usage {
  /** Waiting for a runner process, while none was being started for it. */
  readonly queuedMs: number;
  /** Waiting for a runner process to start. */
  readonly startMs: number;
  /** From the script's way into the runner process to its answer. */
  readonly runMs: number;
  /** Processor time in that; 0 where less was used than the system can tell. */
  readonly cpuMs: number;
  /** Most memory of the runner process that was seen, in bytes; 0 where the script was too short to be seen. */
  readonly memoryBytes: number;
}

/** What an execution can be too large for: `code`, `caller` and `globals` come so, the others it grew into. */
export type Limit =
  'code' | 'caller' | 'globals' | 'memory' | 'heap' | 'result' | 'depth' | 'console' | 'calls';

/** What became of an execution. Scripts cannot make the port reject: whatever they do is one of these. */
export type Outcome = {
  readonly console: readonly string[];
  /** Absent where the sandbox does not measure it. */
  readonly usage?: Usage;
} & (
  | { readonly kind: 'returned'; readonly value: unknown; readonly timeMs: number }
  | { readonly kind: 'threw'; readonly thrown: Thrown }
  /** With the names of functions that the script has, as far as they are known. */
  | { readonly kind: 'missing'; readonly functions?: readonly string[] }
  /** By the clock, or by the processor's. */
  | {
      readonly kind: 'timedOut';
      readonly limit: 'wall' | 'cpu';
      /** What has ended by then without an answer. */
      readonly unanswered?: Unanswered | undefined;
    }
  | { readonly kind: 'exhausted'; readonly limit: Limit }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'died' }
);
