import type { Outcome, Unanswered } from '../sandbox/index.js';

/** Most characters of a client's text in a hint. */
const MAX_NAME = 100;

/** Says which function was asked for, and which ones the script has. */
export function missingHint(call: string | undefined, functions: readonly string[]): string {
  const shown = call !== undefined && call.length > MAX_NAME ? `${call.slice(0, MAX_NAME)}…` : call;
  const has = functions.map((name) => `\`${name}\``).join(', ');
  if (shown === undefined || shown === '')
    return functions.length === 0
      ? 'no `call` given and nothing exported'
      : `no \`call\` given and no default export; the script has ${has}`;
  return functions.length === 0
    ? `no function \`${shown}\`; the script has no functions`
    : `no function \`${shown}\`; the script has ${has}`;
}

const UNANSWERED_HINTS = {
  returned:
    'the function returned without calling its callback; call it, return a promise, or declare no parameter to answer with the returned value',
  resolved:
    'the promise resolved to undefined, and the callback was not called; return a value, or declare no parameter',
  caller: 'the caller returned, and its callback was not called',
} as const satisfies Record<Unanswered, string>;

/** Loads that take less than this are not worth a hint, in milliseconds. */
const SHORT_LOAD_MS = 100;

/** Says why a call that has ended gave no answer, and how much of its time was the loading of packages. */
export function timeOutHint({ unanswered, loadMs = 0 }: Extract<Outcome, { readonly kind: 'timedOut' }>): {
  readonly hint?: string;
} {
  const hints: string[] = unanswered === undefined ? [] : [UNANSWERED_HINTS[unanswered]];
  if (loadMs >= SHORT_LOAD_MS)
    hints.push(`${Math.round(loadMs)} ms of the time was the first load of packages in a new runner process`);
  return hints.length === 0 ? {} : { hint: hints.join('; ') };
}
