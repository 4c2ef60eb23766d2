import type { CallWithBytes } from './byte-operations.js';
import type { Unanswered } from './call-facts.js';
import type { ConsoleLevel } from './console-levels.js';
import type { Topic } from './loader-protocol.js';
import type { IsKind } from './object-kinds.js';
import type { Reveal } from './object-slots.js';

/*
 * Functions of the host take and return primitives, and only closures hold them: a function of the host's realm on an
 * object would lead a script to that realm's `Function`. One of them also takes typed arrays, for the time of the call.
 */

/** Asks a question of the module loader. The host throws only on a full stack. */
export type Ask = (topic: Topic, a: string, b: string, c: string) => string;
/**
 * Evaluates a compiled script in the context: {@link REALM_REQUIRE}, `node:<builtin>`, or the key of a package's file.
 * @returns the function that the script completes to, which belongs to the context; or a text: '' for a builtin that has
 *   no bundle, else a reply marked `broken`
 */
export type Load = (key: string) => unknown;

/**
 * What the realm may ask of the runner. Each function takes and returns primitives, or functions and typed arrays of this
 * realm: a script reaches nothing of the host's realm. Only `isKind` and `reveal` also take other objects. A call throws only on a full
 * stack, and then an error of the host's realm, which `kit/guard.ts` keeps from the script.
 */
export interface Host {
  /** For the module loader: see `runner/modules/module-host.ts`. */
  readonly ask: Ask;
  readonly load: Load;
  /** Calls one of Node's own functions, on bytes that are lent to it: see `runner/native`. */
  readonly lend: CallWithBytes;
  /** The final result; the first one counts. */
  returned(json: string): void;
  /** The call has ended, or its promise has resolved, and the callback was not called by then. */
  unanswered(by: Unanswered): void;
  /** The final error; the first result or error counts. */
  threw(name: string, message: string, stack: string | undefined): void;
  /** The script is a module and has run: its exports are complete. */
  entered(): void;
  /** Writes one line of the script's console. */
  console(level: ConsoleLevel, line: string): void;
  /** Streams a value of the script's async generator, as JSON. */
  yielded(json: string): void;
  /** Calls a function of the client: its name, and the arguments as JSON. */
  called(ticket: number, name: string, json: string): void;
  /** Sends a text about a request: see `egress/egress-client.ts`. False if egress is off; the empty text only asks. */
  egress(text: string): boolean;
  /** Calls `fire(id)` of the realm after `ms` milliseconds; again for a timer that exists already. */
  setTimer(id: number, ms: number, repeats: boolean): void;
  clearTimer(id: number): void;
  /** Calls `fireImmediate()` of the realm in the next turn of the event loop. */
  requestTurn(): void;
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** What kind of object a value is: see `object-kinds.ts`. */
  readonly isKind: IsKind;
  /** What an object has inside: see `object-slots.ts`. */
  readonly reveal: Reveal;
  /** Calls `runTicks()` of the realm when the code that runs now has returned, before promises. */
  requestTicks(): void;
  /** The script's own frames of a stack, each with a line feed before it. */
  ownFrames(stack: string): string;
}

/** Why a function of the client failed, as the script sees it. */
export interface HostFault {
  readonly code?: number;
  readonly message: string;
  readonly data?: unknown;
}

/** The result of a call of a function of the client. */
export type Settled =
  | { readonly ticket: number; readonly value: unknown }
  | { readonly ticket: number; readonly error: HostFault };

/** What the runner may ask of the realm. */
export interface Realm {
  /** First, once: defines globals that come from builtins, listed as in `script-texts.ts`. */
  installGlobals(globals: string): void;
  /**
   * Defines each property of the object in this JSON text as a global.
   * @param again whether {@link again} may follow
   */
  setGlobals(json: string, again: boolean): void;
  /** Prepares the next call in a context that is reused: with these globals instead of the previous ones. See {@link offer}. */
  again(globals: string, functions: string | undefined, yields: boolean): void;
  /** Whether the script has finalizers, which may run at any time. */
  finalizes(): boolean;
  /** Runs the script as a module: what `runner/syntax/module-text.ts` made of it. */
  enter(make: unknown): void;
  /** Gives the script `module` and `exports`, unless it has globals of these names. */
  giveExports(): void;
  /**
   * The function that the script exports under a name; with `undefined`, its default export or its whole exports. An
   * error that a getter throws becomes the final error.
   */
  exported(name: string | undefined): unknown;
  /** Names of functions that the script exports, with NUL between them. */
  exportedNames(): string;
  /**
   * Before the script runs: the client's functions that it may call, as JSON of a list of names, and whether the client
   * takes the values of an async generator.
   */
  offer(functions: string | undefined, yields: boolean): void;
  /** A function of the client has returned: {@link Settled} as JSON. */
  hostSettled(json: string): void;
  /** Calls `caller(callee, cb)`, or the default caller, and reports the result. */
  invoke(callee: unknown, caller: unknown): void;
  /** Reports a value that was thrown outside of `invoke` as the final error. */
  threw(thrown: unknown): void;
  /** Whether a function under the name of a builtin is that builtin, rather than a function of the script. */
  isBuiltin(name: string, callee: unknown): boolean;
  /** The error that a refused `import()` rejects with. */
  importRefusal(): unknown;
  fire(timer: number): void;
  fireImmediate(): void;
  /** Runs the callbacks of `process.nextTick`. */
  runTicks(): void;
  /** An asynchronous call of Node has finished. */
  settled(ticket: number, reply: string): void;
  /** The gateway sends a text about a request. */
  egress(text: string): void;
  /** After the final result: no code of this realm runs any more. */
  end(): void;
}
