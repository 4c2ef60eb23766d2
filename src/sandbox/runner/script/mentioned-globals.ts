import { BUILTIN_GLOBALS, TIMER_GLOBALS } from '../../boundary/builtin-globals.js';
import { TextCache } from './text-cache.js';

/** With these a script may reach a global whose name is not in its text. */
const REACHES_ANY =
  /\b(?:require|import|eval|Function|constructor|global|globalThis|this|Reflect|Proxy|with)\b/;

const GLOBALS = Object.entries({ ...BUILTIN_GLOBALS, ...TIMER_GLOBALS });
const mentioned = new TextCache<{ readonly globals: string }>();

/** Every global that comes from a builtin: `name:builtin` for each, with commas between them. */
export const ALL_GLOBALS = listed(GLOBALS);

/**
 * Those that a script can ask for by name. Defining all of them would be a tenth of what its context costs, and
 * most scripts ask for none.
 * @returns as {@link ALL_GLOBALS}; it is empty for none
 */
export function mentionedGlobals(code: string, caller = ''): string {
  const text = caller === '' ? code : `${caller}\n${code}`;
  return mentioned.of(text, () => {
    // An escape, as in `\u0066etch`, may be part of any name.
    if (REACHES_ANY.test(text) || text.includes('\\u')) return { globals: ALL_GLOBALS };
    return { globals: listed(GLOBALS.filter(([name]) => text.includes(name))) };
  }).globals;
}

function listed(globals: readonly (readonly [string, string])[]): string {
  return globals.map(([name, builtin]) => `${name}:${builtin}`).join(',');
}
