import type { Thrown } from '../execution.js';
import { IMPORT_NAME } from './import-name.js';
import type { ExecuteMessage } from './messages.js';
import type { Place } from './place.js';
import type { Form } from './script-forms.js';
import { CALLER_FILE, describeSyntaxError } from './thrown.js';

/** An identifier; anything else is the name of no function. */
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

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

/**
 * Evaluates the code, finds the function to call, and calls it through the caller. Returns when the script
 * first yields; its answer may have come by then, or come later, or never.
 */
export function execute(place: Place, message: ExecuteMessage, verdicts: Verdicts): void {
  const { realm } = place;
  realm.setGlobals(message.globals);
  if (message.functions !== undefined || message.yields === true)
    realm.offer(message.functions && JSON.stringify(message.functions), message.yields === true);
  const form = formOf(place, message, verdicts);
  if (form === undefined) return;
  if (form.kind === 'module') {
    return place.enter(form, () => call(place, message, verdicts));
  }
  if (form.exports) realm.giveExports();
  if (ran(place, () => place.run(form)) === undefined) return;
  call(place, message, verdicts, () => globalFunction(place, message.call));
}

function formOf(place: Place, { code, language }: ExecuteMessage, verdicts: Verdicts): Form | undefined {
  try {
    return place.form(code, language);
  } catch (error) {
    // Of a text that is nested too deeply, too. Anything else is no fault of the text.
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    verdicts.invalid(describeSyntaxError(error, code));
    return undefined;
  }
}

/** Calls what the script exports under the name, or else what `otherwise` finds. */
function call(place: Place, message: ExecuteMessage, verdicts: Verdicts, otherwise?: () => unknown): void {
  const callee = place.realm.exported(message.call) ?? otherwise?.();
  if (callee === undefined) return verdicts.missing();
  if (message.caller === undefined) return place.realm.invoke(callee, undefined);
  const caller = callerOf(place, message.caller, verdicts);
  if (caller !== undefined) place.realm.invoke(callee, caller.value);
}

function ran(place: Place, run: () => unknown): { value: unknown } | undefined {
  try {
    return { value: run() };
  } catch (thrown) {
    place.realm.threw(thrown);
    return undefined;
  }
}

/**
 * Reads the name as the script itself would, so that `const`, `let` and `class` are found too. What the realm
 * had from the start (`require`, `constructor`) is no function of the script.
 */
function globalFunction(place: Place, name: string | undefined): unknown {
  if (name === undefined || !IDENTIFIER.test(name)) return undefined;
  let callee: unknown;
  try {
    callee = place.evaluate(name, 'javascriptd:call')();
  } catch {
    return undefined;
  }
  if (typeof callee !== 'function') return undefined;
  return BUILTIN_NAMES.has(name) && place.realm.isBuiltin(name, callee) ? undefined : callee;
}

/**
 * A caller is an expression, `(function(callee, cb) {...})`, with or without the parentheses; or statements
 * of which the last is one.
 */
function callerOf(place: Place, text: string, verdicts: Verdicts): { value: unknown } | undefined {
  let run: () => unknown;
  try {
    run = place.evaluate(`(${text}\n)`, CALLER_FILE, -1);
  } catch {
    try {
      run = place.evaluate(text, CALLER_FILE);
    } catch (error) {
      verdicts.invalid(describeSyntaxError(error as Error, text));
      return undefined;
    }
  }
  return ran(place, run);
}
