/** Functions of the host. They get and give primitives, and live in closures only: no object ever holds them. */
export type Ask = (topic: string, a: string, b: string, c: string) => unknown;
export type Load = (key: string) => unknown;

type Callback = (...args: unknown[]) => unknown;

/** What the context's bootstrap gives to modules; all of it is the context's own. */
export interface RealmEnvironment {
  /** Timers as scripts see them; ids are numbers. */
  readonly setTimeout: (callback: Callback, ms: number) => number;
  readonly clearTimeout: (id: number) => void;
  readonly setInterval: (callback: Callback, ms: number) => number;
  readonly clearInterval: (id: number) => void;
  readonly queueMicrotask: (callback: () => void) => void;
  /** Takes a line that a package writes to its standard output or error. */
  readonly write: (line: string) => void;
}

/** What every builtin is made with. */
export interface BuiltinEnvironment extends RealmEnvironment {
  /** Asks the host; throws only errors of this realm. */
  readonly ask: (topic: string, a?: string, b?: string, c?: string) => string;
}

export type BuiltinRequire = (name: string) => unknown;
