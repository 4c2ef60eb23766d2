import type { ScriptContext } from './context.js';
import type { ExecuteMessage, ScriptTexts } from './messages.js';
import { ScriptEntry, type Verdicts } from './script-entry.js';
import { type ScriptForm, compiledCaller, scriptForm } from './script-forms.js';
import { describeSyntaxError } from './thrown.js';

/**
 * Evaluates the code, finds the function to call, and calls it through the caller. Returns when the script
 * first yields; its answer may have come by then, or come later, or never.
 * @returns how the script is called, unless it has no form that could run
 */
export function execute(
  context: ScriptContext,
  message: ExecuteMessage,
  verdicts: Verdicts,
): ScriptEntry | undefined {
  const { realm } = context;
  realm.setGlobals(message.globals, message.reuse === true);
  if (message.functions !== undefined || message.yields === true)
    realm.offer(message.functions && JSON.stringify(message.functions), message.yields === true);
  const form = formOf(message, verdicts);
  if (form === undefined) return undefined;
  const entry = new ScriptEntry(context, form.kind === 'classic');
  if (form.kind === 'module') {
    context.enter(form, () => entry.call(message, verdicts));
    return entry;
  }
  if (form.exports) realm.giveExports();
  if (ran(context, () => context.run(form.script))) entry.call(message, verdicts);
  return entry;
}

/** The same for a context in which the code has run: with the globals of this execution, and none of the last one. */
export function executeAgain(
  context: ScriptContext,
  entry: ScriptEntry,
  message: ExecuteMessage,
  verdicts: Verdicts,
): void {
  const { globals, functions, yields = false } = message;
  // It throws on builtins that the script has changed beyond use.
  const isReady = ran(context, () =>
    context.realm.again(globals, functions && JSON.stringify(functions), yields),
  );
  if (isReady) entry.call(message, verdicts);
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

/** Compiles the texts of a script; what was compiled is there when it is executed. */
export function check(texts: ScriptTexts, invalid: Verdicts['invalid']): boolean {
  if (formOf(texts, { invalid }) === undefined) return false;
  const { caller } = texts;
  if (caller === undefined) return true;
  try {
    compiledCaller(caller);
    return true;
  } catch (error) {
    invalid(describeSyntaxError(error as Error, caller));
    return false;
  }
}

function formOf(
  { code, language }: ScriptTexts,
  { invalid }: Pick<Verdicts, 'invalid'>,
): ScriptForm | undefined {
  try {
    return scriptForm(code, language);
  } catch (error) {
    // Of a text that is nested too deeply, too. Anything else is no fault of the text.
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    invalid(describeSyntaxError(error, code));
    return undefined;
  }
}
