import { IMPORT_NAME, MODULE_PREFIX, NAME_KINDS, NAME_PLACES } from '../boundary/rewritten-names.js';
import { defineHidden } from './kit/define.js';
import { apply, contains, indexOf, slice, sourceOf } from './kit/primordials.js';

/** What all names of `rewritten-names.ts` begin with. */
const BEGINNING = '$js';

/** Names without a variable part, and the author's words. */
const WORDS: readonly (readonly [name: string, word: string])[] = [
  [IMPORT_NAME, 'import'],
  [MODULE_PREFIX + NAME_KINDS.import, 'import'],
  // Spaces fill the place of the longer word.
  [`${MODULE_PREFIX}${NAME_KINDS.meta}   `, 'import.meta'],
  [MODULE_PREFIX + NAME_KINDS.arguments, 'arguments'],
  // With the spaces around it: the function of `export default` has no name.
  [`${MODULE_PREFIX}${NAME_KINDS.default} `, ''],
];

const IMPORTED = MODULE_PREFIX + NAME_KINDS.imported;
const LOCALS = [IMPORTED, MODULE_PREFIX + NAME_KINDS.members, MODULE_PREFIX + NAME_KINDS.namespace];

/** Makes `toString` of functions return the author's text where the text of a script or a package was rewritten. */
export function restoreFunctionTexts(): void {
  const { toString } = {
    toString(this: unknown): string {
      if (this === toString) return 'function toString() { [native code] }';
      const text = sourceOf(this);
      return contains(text, BEGINNING) ? authorsText(text) : text;
    },
  };
  defineHidden(Function.prototype, 'toString', toString);
}

/** Puts the author's words back in the place of names that were put into a text. */
export function authorsText(text: string): string {
  let result = '';
  let done = 0;
  for (let at = find(text, BEGINNING, 0); at !== -1; at = find(text, BEGINNING, at + 1)) {
    const found = wordAt(text, at) ?? localAt(text, at);
    if (found === undefined) continue;
    const [from, to, word] = found;
    result += part(text, done, from) + word;
    done = to;
    at = to - 1;
  }
  return result + part(text, done, text.length);
}

type Found = readonly [from: number, to: number, word: string];

function wordAt(text: string, at: number): Found | undefined {
  for (let i = 0; i < WORDS.length; i++) {
    const [name, word] = WORDS[i] as (typeof WORDS)[number];
    if (!has(text, name, at)) continue;
    const from = word === '' ? at - 1 : word === 'arguments' ? beginning(text, at, word) : at;
    return [from, at + name.length, word];
  }
  return undefined;
}

function localAt(text: string, at: number): Found | undefined {
  for (let i = 0; i < LOCALS.length; i++) {
    const prefix = LOCALS[i] as string;
    if (!has(text, prefix, at)) continue;
    const end = endOfName(text, at + prefix.length);
    const local = part(text, at + prefix.length, end);
    const to = prefix === IMPORTED ? endOfAccess(text, end) : end;
    if (has(text, NAME_PLACES.calledFirst, at - NAME_PLACES.calledFirst.length))
      return [at - NAME_PLACES.calledFirst.length, to + 1, local];
    if (has(text, NAME_PLACES.called, at - NAME_PLACES.called.length))
      return [at - NAME_PLACES.called.length, to + 1, local];
    return [beginning(text, at, local), to, local];
  }
  return undefined;
}

/** Where a name begins: before the key, if it is the value of a shorthand property. */
function beginning(text: string, at: number, local: string): number {
  const from = at - NAME_PLACES.shorthand.length;
  return has(text, NAME_PLACES.shorthand, from) ? from - local.length : at;
}

/** Where the property access ends that begins here: `.name`, or `["name"]` with a JSON text. */
function endOfAccess(text: string, at: number): number {
  if (text[at] === '.') return endOfName(text, at + 1);
  let end = at + 2;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end + 2;
}

function endOfName(text: string, at: number): number {
  let end = at;
  while (end < text.length && isNamePart(text[end] as string)) end++;
  return end;
}

/** Whether a character can be in a name. All of them beyond ASCII count: no operator is there, and no text ends a name with a space of those. */
function isNamePart(character: string): boolean {
  return (
    (character >= 'a' && character <= 'z') ||
    (character >= 'A' && character <= 'Z') ||
    (character >= '0' && character <= '9') ||
    character === '_' ||
    character === '$' ||
    character > '\x7f'
  );
}

function has(text: string, wanted: string, at: number): boolean {
  return at >= 0 && part(text, at, at + wanted.length) === wanted;
}

function part(text: string, from: number, to: number): string {
  return apply(slice, text, [from, to]);
}

function find(text: string, wanted: string, from: number): number {
  return apply(indexOf, text, [wanted, from]);
}
