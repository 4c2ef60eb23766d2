import { createRequire } from 'node:module';
import type * as TypeScript from '../syntax/typescript.js';

const require = createRequire(import.meta.url);
/** Characters that need not be one column wide. Line separators stay. */
const WIDE = /[\t\u0080-\u2027\u202a-\uffff]/g;
const STRIPPER = '../syntax/typescript.cjs';

/** What the stripper throws, which is no Error. */
interface Fault {
  readonly message: string;
  /** From 1, and from 0. */
  readonly startLine: number;
  readonly startColumn: number;
}

/**
 * TypeScript with its types made spaces, so that every line and column stays. Loaded on first use.
 * @throws SyntaxError with `loc`, also for what is more than types: `enum`, `namespace`, parameter properties
 */
export function withoutTypes(text: string): string {
  const stripper = require(STRIPPER) as typeof TypeScript;
  try {
    return stripper.transformSync(text, { mode: 'strip-only', filename: 'script.ts' }).code;
  } catch (error) {
    if (isFault(error)) {
      const { message, startLine: line } = error;
      throw Object.assign(new SyntaxError(message), {
        loc: { line, column: columnOf(error, text, stripper) },
      });
    }
    // WebAssembly that stopped half way is not used again.
    Reflect.deleteProperty(require.cache, require.resolve(STRIPPER));
    throw error;
  }
}

/**
 * The stripper's columns are those of a terminal, where a tab is four and an ideograph is two characters wide. In a text of
 * as many plain characters they are columns of UTF-16.
 */
function columnOf(fault: Fault, text: string, { transformSync }: typeof TypeScript): number {
  const plain = text.replaceAll(WIDE, (character) => (/\s/.test(character) ? ' ' : 'x'));
  if (plain === text) return fault.startColumn;
  try {
    transformSync(plain, { mode: 'strip-only', filename: 'script.ts' });
  } catch (error) {
    if (isFault(error) && error.startLine === fault.startLine) return error.startColumn;
  }
  return fault.startColumn;
}

function isFault(error: unknown): error is Fault {
  return typeof error === 'object' && error !== null && 'startLine' in error;
}
