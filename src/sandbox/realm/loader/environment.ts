import type { EgressPort } from '../../boundary/egress/egress-client.js';
import type { CallWithBytes } from '../../boundary/byte-operations.js';
import type { Topic } from '../../boundary/loader-protocol.js';
import type { IsKind } from '../../boundary/object-kinds.js';
import type { Reveal } from '../../boundary/object-slots.js';

type Callback = (...args: unknown[]) => unknown;

/** The timer functions, as scripts see them. */
export interface Timers {
  readonly setTimeout: (callback: Callback, ms?: number, ...args: unknown[]) => Timer;
  readonly setInterval: (callback: Callback, ms?: number, ...args: unknown[]) => Timer;
  readonly setImmediate: (callback: Callback, ...args: unknown[]) => Timer;
  readonly clearTimeout: (timer: unknown) => void;
  readonly clearInterval: (timer: unknown) => void;
  readonly clearImmediate: (timer: unknown) => void;
}

/** Node's Timeout or Immediate. */
export type Timer = object;

/** What the bootstrap passes to the module loader; all of it belongs to the context. */
export interface RealmEnvironment {
  readonly timers: Timers;
  readonly queueMicrotask: (callback: () => void) => void;
  /** Node's `process.nextTick`: before promises. */
  readonly nextTick: (callback: Callback, ...args: unknown[]) => void;
  /** Writes a line that a package prints to its standard output or error. */
  readonly write: (line: string) => void;
  /** Calls a function of Node on bytes of this realm; throws only errors of this realm. */
  readonly lend: CallWithBytes;
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number;
  /** What kind of object a value is; throws only errors of this realm. */
  readonly isKind: IsKind;
  /** What an object has inside; throws only errors of this realm. */
  readonly reveal: Reveal;
  /** Receives the results of asynchronous calls of Node; an error that it throws is an uncaught error. */
  readonly onSettled: (take: (ticket: number, reply: string) => void) => void;
  /** Calls back for each registered object that is collected, at any time: no code of a script may run then. */
  readonly whenCollected: (callback: (held: number) => void) => FinalizationRegistry<number>;
  /** Egress: see `boundary/egress/egress-client.ts`. */
  readonly egress: EgressPort;
}

/** The parameter `environment` of every builtin. */
export interface BuiltinEnvironment extends RealmEnvironment {
  /** Asks the host; throws only errors of this realm. */
  readonly ask: (topic: Topic, a?: string, b?: string, c?: string) => string;
  /** Whether a value is the namespace of a module, which V8 takes for a proxy. */
  readonly isNamespace: (value: unknown) => boolean;
  /** Calls back once another builtin has been created; at once if it has been. */
  readonly onBuiltin: (name: string, made: () => void) => void;
}

export type BuiltinRequire = (name: string) => unknown;
