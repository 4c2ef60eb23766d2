import { IMPORT_NAME } from '../../boundary/rewritten-names.js';
import { Edits } from './edits.js';
import { parseScript, walk } from './tree.js';

/**
 * A classic script, or the text of a CommonJS module, with another name of the same length for each `import` of an
 * `import()`.
 * @throws SyntaxError with `loc`
 */
export function withImportNamed(source: string): string {
  const edits = new Edits(source);
  walk(parseScript(source), ({ type, start }) => {
    if (type === 'ImportExpression') edits.replace(start, start + IMPORT_NAME.length, IMPORT_NAME);
  });
  return edits.apply().text;
}
