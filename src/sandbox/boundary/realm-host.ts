import type { ConsoleLevel } from './console-levels.js';

/** Functions of the host. They get and give primitives, and live in closures only: no object ever holds them. */
export type Ask = (topic: string, a: string, b: string, c: string) => unknown;
export type Load = (key: string) => unknown;
/** (operation, arguments, bytes) to a reply: see `native-operations.ts`. */
export type CallNode = (operation: string, args: string, bytes: string) => string;

/**
 * What the realm may ask of the runner around it. Every function takes and returns primitives, or functions
 * of this realm: nothing of the host's realm is ever in the script's reach. They throw only on a full stack, and
 * then an error of the host's realm, which {@link guarded} keeps from the script.
 */
export interface Host {
  /** What modules need of the host: see `runner/modules/module-host.ts`. */
  readonly ask: Ask;
  readonly load: Load;
  /** Calls one of Node's own functions: see `runner/native`. */
  readonly node: CallNode;
  /** The final answers; the first one counts. */
  returned(json: string): void;
  threw(name: string, message: string, stack: string | undefined): void;
  /** The script, a module, has run: its exports are there. */
  entered(): void;
  /** One line of the script's console. */
  console(level: ConsoleLevel, line: string): void;
  /** A value that the script's async generator yielded, as JSON. */
  yielded(json: string): void;
  /** Calls a function of the host's: its name, and the arguments as JSON. */
  called(ticket: number, name: string, json: string): void;
  /** Says something of a request: see `egress/exchanges.ts`. False where there is no network; the empty text only asks. */
  egress(text: string): boolean;
  /** Has `fire(id)` of the realm called after `ms` milliseconds, or in the next turn where `ms` is -1. */
  setTimer(id: number, ms: number, repeats: boolean): void;
  clearTimer(id: number): void;
  /** Milliseconds on a monotonic clock. */
  now(): number;
  /** The frames of a stack that are the script's own, each with a line feed before it. */
  ownFrames(stack: string): string;
}

/** What the runner may ask of the realm. */
export interface Realm {
  /** First, once: defines globals that come from builtins, listed as `script-texts.ts` does. */
  furnish(globals: string): void;
  /**
   * Makes each property of the object in this JSON text a global.
   * @param again whether {@link again} may follow
   */
  setGlobals(json: string, again: boolean): void;
  /** The next call of a script that stays: with these globals, and none of the last one's; the rest as in {@link offer}. */
  again(globals: string, functions: string | undefined, yields: boolean): void;
  /** Whether something runs when memory is collected, whenever that is. */
  finalizes(): boolean;
  /** Runs the script as a module: what `runner/syntax/module-text.ts` made of it. */
  enter(make: unknown): void;
  /** Gives the script `module` and `exports`, unless it has globals of these names. */
  giveExports(): void;
  /**
   * The function that the script exports under a name, or, with `undefined`, as its default or as the whole of its
   * exports. Answers with what a getter throws.
   */
  exported(name: string | undefined): unknown;
  /**
   * Before the script: what it may call of its host's, as JSON of a list of names, and whether somebody hears what
   * an async generator yields.
   */
  offer(functions: string | undefined, yields: boolean): void;
  /** What a function of the host's came to: `Settled` of `messages.ts` as JSON. */
  hostSettled(json: string): void;
  /** Calls `caller(callee, cb)`, or the default caller, and sees to the answer. */
  invoke(callee: unknown, caller: unknown): void;
  /** Answers with something that was thrown outside of `invoke`. */
  threw(thrown: unknown): void;
  /** Whether a function found under the name of a builtin is that builtin, and not the script's own. */
  isBuiltin(name: string, callee: unknown): boolean;
  /** What a rejected `import()` gives. */
  importRefusal(): unknown;
  fire(timer: number): void;
  /** A call of Node's that was under way has come to this. */
  settled(ticket: number, reply: string): void;
  /** The gateway says something of a request. */
  egress(text: string): void;
  /** After the final answer: nothing of this realm runs any more. */
  end(): void;
}
