/** The language of the sandbox port: types only, so that every layer can speak it without loading anything. */

/** What a client sends to `runtime.execute` (the seed README's `script`). */
export interface Script {
  /** JavaScript to evaluate in a fresh context. */
  readonly code: string;
  /** Becomes properties of the context's global object. JSON data only. */
  readonly globals: Readonly<Record<string, unknown>>;
  /** Name of the function to call; `undefined` names none, which is answered `missing`. */
  readonly call: string | undefined;
  /** Code of the function that invokes the callee; `undefined` means the default caller. */
  readonly caller: string | undefined;
}

/** How far executions of one tenant are kept from each other; `process` is the stricter. */
export type Isolation = 'context' | 'process';

/** One run of one script, with what it is allowed. */
export interface Execution {
  readonly script: Script;
  /** Names and `@scope/*` or `*` patterns that the script may `require`. */
  readonly modules: readonly string[];
  /** Wall-clock milliseconds for script and call together, queueing not counted. */
  readonly timeoutMs: number;
  /** Runner processes are never shared between tenants. */
  readonly tenant: string;
  /** Asks for a stricter isolation than the sandbox's own; a looser one is not given. */
  readonly isolation?: Isolation;
}

/** What a script threw, described as text and numbers only. */
export interface Thrown {
  /** The error's name, or the text of a thrown primitive. */
  readonly name: string;
  readonly message: string;
  /** The script's own frames; absent when what was thrown has no stack. */
  readonly stack?: string;
  /** Where in the author's text, both from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** What became of an execution. Scripts cannot make the port reject: whatever they do is one of these. */
export type Outcome = { readonly console: readonly string[] } & (
  | { readonly kind: 'returned'; readonly value: unknown; readonly timeMs: number }
  | { readonly kind: 'threw'; readonly thrown: Thrown }
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'timedOut';
      /** Which time ran out: that of the clock, or the processor's. */
      readonly limit: 'wall' | 'cpu';
    }
  | { readonly kind: 'exhausted'; readonly limit: 'memory' | 'result' | 'depth' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'died' }
);
