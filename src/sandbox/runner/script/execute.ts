import { IMPORT_NAME } from '../../boundary/rewritten-names.js';
import type { ExecuteMessage, ScriptTexts, Thrown } from '../../boundary/messages.js';
import type { ResultSink, ScriptContext } from './script-context.js';
import { type ScriptFormat, getsExports } from './script-format.js';
import { syntax } from '../modules/syntax.js';
import { CALLER_FILE, describeSyntaxError } from './thrown.js';

/** An identifier; anything else names no function. */
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
/** Max names whose lookups stay compiled. */
const MAX_NAMES = 64;

/** Includes all names that a context has from the start: this realm has every global that a context has. */
const BUILTIN_NAMES = new Set([
  'require',
  IMPORT_NAME,
  ...Object.getOwnPropertyNames(globalThis),
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/** Gets the results of an execution that are not the script's own doing. */
export interface ScriptCallbacks {
  /** @param functions names of functions that the script has */
  missing(functions: readonly string[]): void;
  invalid(thrown: Thrown): void;
}

/**
 * Evaluates the code, finds the function to call, and calls it through the caller. Returns when the script first yields; its
 * answer may have come by then, or come later, or never.
 * @returns undefined for a script that does not compile
 */
export function execute(
  context: ScriptContext,
  message: ExecuteMessage,
  callbacks: ScriptCallbacks,
): LoadedScript | undefined {
  const { realm } = context;
  realm.setGlobals(message.globals, message.reuse === true);
  if (message.functions !== undefined || message.yields === true)
    realm.offer(message.functions && JSON.stringify(message.functions), message.yields === true);
  const script = compiled(context, message, callbacks);
  if (script === undefined) return undefined;
  const loaded = new LoadedScript(context, script.kind === 'classic');
  if (script.kind === 'module') {
    context.enter(script, () => loaded.call(message, callbacks));
    return loaded;
  }
  if (getsExports(script.commonJs, message.call)) realm.giveExports();
  if (ran(context, () => context.run(script))) loaded.call(message, callbacks);
  return loaded;
}

/** Calls a script again in the context in which its code has run. */
export function executeAgain(
  context: ScriptContext,
  loaded: LoadedScript,
  message: ExecuteMessage,
  sink: ResultSink & ScriptCallbacks,
): void {
  if (ran(context, () => context.again(sink, message))) loaded.call(message, sink);
}

function ran(context: ScriptContext, run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (thrown) {
    context.realm.threw(thrown);
    return false;
  }
}

/** Compiles the texts of a script, which stay compiled for its executions. */
export function check(
  context: ScriptContext,
  texts: ScriptTexts,
  callbacks: Pick<ScriptCallbacks, 'invalid'>,
): boolean {
  if (compiled(context, texts, callbacks) === undefined) return false;
  return texts.caller === undefined || callerIn(context, texts.caller, callbacks) !== undefined;
}

function compiled(
  context: ScriptContext,
  { code, language }: ScriptTexts,
  callbacks: Pick<ScriptCallbacks, 'invalid'>,
): ScriptFormat | undefined {
  try {
    return context.compile(code, language);
  } catch (error) {
    // A text that is nested too deeply gives a RangeError. Anything else is not the fault of the text.
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    callbacks.invalid(describeSyntaxError(error, code));
    return undefined;
  }
}

/** A script whose code has run in a context: its functions can be called, again where the context is kept. */
export class LoadedScript {
  readonly #names = new Map<string, () => unknown>();
  #caller: { readonly value: unknown } | undefined;
  #called = false;

  /** @param hasGlobals whether its global functions can be called: a module has exports only */
  constructor(
    private readonly context: ScriptContext,
    private readonly hasGlobals: boolean,
  ) {}

  /** Whether a function of the script was found and called: only then the context is worth keeping. */
  get called(): boolean {
    return this.#called;
  }

  /** Finds the function to call, and calls it through the caller. */
  call(message: ExecuteMessage, callbacks: ScriptCallbacks): void {
    const { realm } = this.context;
    const callee = realm.exported(message.call) ?? (this.hasGlobals ? this.#global(message.call) : undefined);
    if (callee === undefined) return callbacks.missing(this.#functionNames(message.code));
    if (message.caller !== undefined) {
      this.#caller ??= this.#callerOf(message.caller, callbacks);
      if (this.#caller === undefined) return;
    }
    this.#called = true;
    realm.invoke(callee, this.#caller?.value);
  }

  /**
   * Reads the name as the script itself would, so that `const`, `let` and `class` are found too. Functions that the realm had
   * from the start (`require`, `constructor`) do not count.
   */
  #global(name: string | undefined): unknown {
    if (name === undefined || !IDENTIFIER.test(name)) return undefined;
    let callee: unknown;
    try {
      callee = this.#reader(name)();
    } catch {
      return undefined;
    }
    if (typeof callee !== 'function') return undefined;
    return BUILTIN_NAMES.has(name) && this.context.realm.isBuiltin(name, callee) ? undefined : callee;
  }

  /** Names of functions that can be called. */
  #functionNames(code: string): string[] {
    const exported = this.context.realm.exportedNames();
    const names = exported === '' ? [] : exported.split('\0');
    if (!this.hasGlobals) return names;
    const globals = declaredGlobals(code).filter((name) => this.#global(name) !== undefined);
    return [...new Set([...names, ...globals])];
  }

  /** A function of the context that reads the name. */
  #reader(name: string): () => unknown {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const reader = this.context.evaluate(`() => ${name}`, 'javascriptd:call')() as () => unknown;
    if (this.#names.size >= MAX_NAMES) this.#names.clear();
    this.#names.set(name, reader);
    return reader;
  }

  #callerOf(text: string, callbacks: ScriptCallbacks): { readonly value: unknown } | undefined {
    const run = callerIn(this.context, text, callbacks);
    if (run === undefined) return undefined;
    try {
      return { value: run() };
    } catch (thrown) {
      this.context.realm.threw(thrown);
      return undefined;
    }
  }
}

/** Names that a classic script declares; none where the parser does not know its syntax. */
function declaredGlobals(code: string): readonly string[] {
  try {
    return syntax().commonJsUse(code).globals;
  } catch {
    return [];
  }
}

/**
 * Compiles a caller: an expression, `(function(callee, cb) {...})`, with or without the parentheses; or statements that end
 * with one.
 * @returns a function that evaluates to the caller
 */
function callerIn(
  context: ScriptContext,
  text: string,
  callbacks: Pick<ScriptCallbacks, 'invalid'>,
): (() => unknown) | undefined {
  try {
    return context.evaluate(`(${text}\n)`, CALLER_FILE, -1);
  } catch {
    try {
      return context.evaluate(text, CALLER_FILE);
    } catch (error) {
      callbacks.invalid(describeSyntaxError(error as Error, text));
      return undefined;
    }
  }
}
