import { createRequire } from 'node:module';
import { IMPORT_NAME } from '../../boundary/rewritten-names.js';
import type * as Syntax from '../syntax/index.js';

let loaded: typeof Syntax | undefined;

/**
 * What makes classic scripts of ES modules, with its parser one file that `build/bundle-realm.mjs` wrote. Loaded when
 * the first text needs it. It gets texts and gives texts; what it throws is of the host's realm.
 */
export function syntax(): typeof Syntax {
  return (loaded ??= createRequire(import.meta.url)('../syntax/index.cjs') as typeof Syntax);
}

/** A classic script with {@link IMPORT_NAME} in each `import()`; one that does not parse as it is, for V8 to say why. */
export function importNamed(text: string): string {
  if (!mayImport(text) || text.includes(IMPORT_NAME)) return text;
  try {
    return syntax().withImportNamed(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/**
 * Whether a text may have an `import()`. Many packages have it in comments only, as a type (`@param {import('x').Y}`), and to
 * parse a text takes longer than to compile it. Where a comment seems to begin a line, the word is in a comment, or in
 * a string: in both it stays as it is.
 */
function mayImport(text: string): boolean {
  for (const { index } of text.matchAll(/\bimport\s*[(/]/g)) {
    const opening = text.lastIndexOf('/*', index);
    if (opening === -1) return true;
    // A template's `${}` would be code again.
    if (/\*\/|\$\{/.test(text.slice(opening, index))) return true;
    if (text.slice(text.lastIndexOf('\n', opening) + 1, opening).trim() !== '') return true;
  }
  return false;
}

/** The parser's message without the place that it ends with. */
export function messageOf({ message }: SyntaxError): string {
  return message.replace(/ \(\d+:\d+\)$/, '');
}

/** The line where the parser stopped. */
export function lineOf(error: SyntaxError): number {
  return 'loc' in error ? (error.loc as { line: number }).line : 1;
}
