import type { ExecuteMessage, ScriptTexts } from '../../boundary/messages.js';
import type { Answers, Place } from './place.js';
import { ScriptEntry, type Verdicts, callerIn } from './script-entry.js';
import type { Form } from './script-forms.js';
import { describeSyntaxError } from './thrown.js';

/**
 * Evaluates the code, finds the function to call, and calls it through the caller. Returns when the script
 * first yields; its answer may have come by then, or come later, or never.
 * @returns how the script is called, unless it has no form that could run
 */
export function execute(place: Place, message: ExecuteMessage, verdicts: Verdicts): ScriptEntry | undefined {
  const { realm } = place;
  realm.setGlobals(message.globals, message.reuse === true);
  if (message.functions !== undefined || message.yields === true)
    realm.offer(message.functions && JSON.stringify(message.functions), message.yields === true);
  const form = formOf(place, message, verdicts);
  if (form === undefined) return undefined;
  const entry = new ScriptEntry(place, form.kind === 'classic');
  if (form.kind === 'module') {
    place.enter(form, () => entry.call(message, verdicts));
    return entry;
  }
  if (form.exports) realm.giveExports();
  if (ran(place, () => place.run(form))) entry.call(message, verdicts);
  return entry;
}

/** The same for a place in which the code has run. */
export function executeAgain(
  place: Place,
  entry: ScriptEntry,
  answers: Answers,
  message: ExecuteMessage,
  verdicts: Verdicts,
): void {
  if (ran(place, () => place.again(answers, message))) entry.call(message, verdicts);
}

function ran(place: Place, run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch (thrown) {
    place.realm.threw(thrown);
    return false;
  }
}

/** Compiles the texts of a script; what was compiled is there when it is executed. */
export function check(place: Place, texts: ScriptTexts, invalid: Verdicts['invalid']): boolean {
  if (formOf(place, texts, { invalid }) === undefined) return false;
  return texts.caller === undefined || callerIn(place, texts.caller, invalid) !== undefined;
}

function formOf(
  place: Place,
  { code, language }: ScriptTexts,
  { invalid }: Pick<Verdicts, 'invalid'>,
): Form | undefined {
  try {
    return place.form(code, language);
  } catch (error) {
    // Of a text that is nested too deeply, too. Anything else is no fault of the text.
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    invalid(describeSyntaxError(error, code));
    return undefined;
  }
}
