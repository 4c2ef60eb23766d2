import type { Thrown } from '../execution.js';
import type { ScriptContext } from './context.js';
import { IMPORT_NAME } from './import-name.js';
import type { ExecuteMessage } from './messages.js';
import { CALLER_FILE, SCRIPT_FILE, describeSyntaxError } from './thrown.js';

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
export function execute(context: ScriptContext, message: ExecuteMessage, verdicts: Verdicts): void {
  const { realm } = context;
  realm.setGlobals(message.globals);
  if (!attempt(context, message.code, SCRIPT_FILE, verdicts)) return;
  const callee = calleeOf(context, message.call);
  if (callee === undefined) return verdicts.missing();
  if (message.caller === undefined) return realm.invoke(callee, undefined);
  const caller = callerOf(context, message.caller, verdicts);
  if (caller !== undefined) realm.invoke(callee, caller.value);
}

/** @returns the completion value in a holder; undefined when the text does not compile or threw, which is then answered */
function attempt(
  context: ScriptContext,
  text: string,
  filename: string,
  verdicts: Verdicts,
): { value: unknown } | undefined {
  let run: () => unknown;
  try {
    run = context.evaluate(text, filename);
  } catch (error) {
    verdicts.invalid(describeSyntaxError(error as Error));
    return undefined;
  }
  return ran(context, run);
}

function ran(context: ScriptContext, run: () => unknown): { value: unknown } | undefined {
  try {
    return { value: run() };
  } catch (thrown) {
    context.realm.threw(thrown);
    return undefined;
  }
}

/**
 * Reads the name as the script itself would, so that `const`, `let` and `class` are found too. What the realm
 * had from the start (`require`, `constructor`) is no function of the script.
 */
function calleeOf(context: ScriptContext, name: string | undefined): unknown {
  if (name === undefined || !IDENTIFIER.test(name)) return undefined;
  let callee: unknown;
  try {
    callee = context.evaluate(name, 'javascriptd:call')();
  } catch {
    return undefined;
  }
  if (typeof callee !== 'function') return undefined;
  return BUILTIN_NAMES.has(name) && context.realm.isBuiltin(name, callee) ? undefined : callee;
}

/**
 * A caller is an expression, `(function(callee, cb) {...})`, with or without the parentheses; or statements
 * of which the last is one.
 */
function callerOf(context: ScriptContext, text: string, verdicts: Verdicts): { value: unknown } | undefined {
  let run: () => unknown;
  try {
    run = context.evaluate(`(${text}\n)`, CALLER_FILE, -1);
  } catch {
    return attempt(context, text, CALLER_FILE, verdicts);
  }
  return ran(context, run);
}
