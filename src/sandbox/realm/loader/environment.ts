import type { EgressPort } from '../../boundary/egress/exchanges.js';
import type { CallNode } from '../../boundary/realm-host.js';

type Callback = (...args: unknown[]) => unknown;

/** `setTimeout` and its kin, as scripts see them. */
export interface Timers {
  readonly setTimeout: (callback: Callback, ms?: number, ...args: unknown[]) => Timer;
  readonly setInterval: (callback: Callback, ms?: number, ...args: unknown[]) => Timer;
  readonly setImmediate: (callback: Callback, ...args: unknown[]) => Timer;
  readonly clearTimeout: (timer: unknown) => void;
  readonly clearInterval: (timer: unknown) => void;
  readonly clearImmediate: (timer: unknown) => void;
}

/** Node's Timeout or Immediate. */
export interface Timer {
  close(): unknown;
}

/** What the context's bootstrap gives to modules; all of it is the context's own. */
export interface RealmEnvironment {
  readonly timers: Timers;
  readonly queueMicrotask: (callback: () => void) => void;
  /** Takes a line that a package writes to its standard output or error. */
  readonly write: (line: string) => void;
  /** Calls Node; throws only errors of this realm. */
  readonly node: CallNode;
  /** Takes what calls of Node's come to that were under way; what it throws is an error that nobody caught. */
  readonly onSettled: (take: (ticket: number, reply: string) => void) => void;
  /** Calls back for each object registered that is collected, in whoever's time: nothing of a script's may run then. */
  readonly whenCollected: (callback: (held: number) => void) => FinalizationRegistry<number>;
  /** The network: see `boundary/egress/exchanges.ts`. */
  readonly egress: EgressPort;
}

/** What every builtin is made with. */
export interface BuiltinEnvironment extends RealmEnvironment {
  /** Asks the host; throws only errors of this realm. */
  readonly ask: (topic: string, a?: string, b?: string, c?: string) => string;
  /** Calls back once another builtin has been made; at once where it has been. */
  readonly onBuiltin: (name: string, made: () => void) => void;
}

export type BuiltinRequire = (name: string) => unknown;
