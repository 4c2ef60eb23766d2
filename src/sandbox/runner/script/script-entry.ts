import type { Thrown } from '../../boundary/messages.js';
import { IMPORT_NAME } from '../../boundary/import-name.js';
import type { ExecuteMessage } from '../../boundary/messages.js';
import type { Place } from './place.js';
import { CALLER_FILE, describeSyntaxError } from './thrown.js';

/** An identifier; anything else is the name of no function. */
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
/** Most names that are looked up again without being compiled again. */
const MAX_NAMES = 64;

/** Names that a context has from the start, or more: this realm has every global that a context has. */
const BUILTIN_NAMES = new Set([
  'require',
  IMPORT_NAME,
  ...Object.getOwnPropertyNames(globalThis),
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/** What an execution comes to without the script's own doing. */
export interface Verdicts {
  missing(): void;
  invalid(thrown: Thrown): void;
}

/** How a script whose code has run in a place is called there, once or, where the place is kept, again. */
export class ScriptEntry {
  readonly #names = new Map<string, () => unknown>();
  #caller: { readonly value: unknown } | undefined;
  #called = false;

  /** @param hasGlobals whether its global functions can be called, too: those of a module are its exports */
  constructor(
    private readonly place: Place,
    private readonly hasGlobals: boolean,
  ) {}

  /** Whether a function of the script's was found and called: only then there is anything to be kept. */
  get called(): boolean {
    return this.#called;
  }

  /** Finds the function to call, and calls it through the caller. */
  call(message: ExecuteMessage, verdicts: Verdicts): void {
    const { realm } = this.place;
    const callee = realm.exported(message.call) ?? (this.hasGlobals ? this.#global(message.call) : undefined);
    if (callee === undefined) return verdicts.missing();
    if (message.caller !== undefined) {
      this.#caller ??= this.#callerOf(message.caller, verdicts);
      if (this.#caller === undefined) return;
    }
    this.#called = true;
    realm.invoke(callee, this.#caller?.value);
  }

  /**
   * Reads the name as the script itself would, so that `const`, `let` and `class` are found too. What the realm
   * had from the start (`require`, `constructor`) is no function of the script.
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
    return BUILTIN_NAMES.has(name) && this.place.realm.isBuiltin(name, callee) ? undefined : callee;
  }

  /** A function of the place's that gives what the name means at that moment. */
  #reader(name: string): () => unknown {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const reader = this.place.evaluate(`() => ${name}`, 'javascriptd:call')() as () => unknown;
    if (this.#names.size >= MAX_NAMES) this.#names.clear();
    this.#names.set(name, reader);
    return reader;
  }

  #callerOf(text: string, verdicts: Verdicts): { readonly value: unknown } | undefined {
    const run = callerIn(this.place, text, (thrown) => verdicts.invalid(thrown));
    if (run === undefined) return undefined;
    try {
      return { value: run() };
    } catch (thrown) {
      this.place.realm.threw(thrown);
      return undefined;
    }
  }
}

/**
 * A caller is an expression, `(function(callee, cb) {...})`, with or without the parentheses; or statements
 * of which the last is one.
 * @returns what gives it, compiled
 */
export function callerIn(
  place: Place,
  text: string,
  invalid: Verdicts['invalid'],
): (() => unknown) | undefined {
  try {
    return place.evaluate(`(${text}\n)`, CALLER_FILE, -1);
  } catch {
    try {
      return place.evaluate(text, CALLER_FILE);
    } catch (error) {
      invalid(describeSyntaxError(error as Error, text));
      return undefined;
    }
  }
}
