import { createRequire } from 'node:module';
import type * as TypeScript from '../syntax/typescript.js';

const require = createRequire(import.meta.url);
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
      const { message, startLine, startColumn } = error;
      throw Object.assign(new SyntaxError(message), { loc: { line: startLine, column: startColumn } });
    }
    // WebAssembly that stopped half way is not used again.
    Reflect.deleteProperty(require.cache, require.resolve(STRIPPER));
    throw error;
  }
}

function isFault(error: unknown): error is Fault {
  return typeof error === 'object' && error !== null && 'startLine' in error;
}
