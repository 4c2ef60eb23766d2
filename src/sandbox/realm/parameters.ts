import { apply, contains, sourceOf } from './kit/primordials.js';

const { charCodeAt, indexOf } = String.prototype;

const CODE = { openParenthesis: 40, closeParenthesis: 41, star: 42, slash: 47, bracket: 91 } as const;

/**
 * Whether the text of a function declares no parameter and does not mention `arguments`: then the function has no use for a
 * callback. False for functions whose text does not say so: native, bound and proxied ones, methods with a computed name.
 */
export function takesNothing(callee: (...args: never[]) => unknown): boolean {
  if (callee.length > 0) return false;
  const source = sourceOf(callee);
  if (contains(source, 'arguments') || contains(source, '[native code]')) return false;
  let at = 0;
  for (;;) {
    at = afterSpace(source, at);
    const code = codeAt(source, at);
    // At the end of the text, or before a computed name, which may have parentheses of its own.
    if (!(code >= 0) || code === CODE.bracket) return false;
    at += 1;
    if (code === CODE.openParenthesis)
      return codeAt(source, afterSpace(source, at)) === CODE.closeParenthesis;
  }
}

/** The position after white space and comments. */
function afterSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = codeAt(text, at);
    if (code <= 32 || code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029) {
      at += 1;
      continue;
    }
    if (code !== CODE.slash) return at;
    const next = codeAt(text, at + 1);
    const end =
      next === CODE.slash
        ? apply(indexOf, text, ['\n', at])
        : next === CODE.star
          ? apply(indexOf, text, ['*/', at + 2])
          : -1;
    if (end === -1) return at;
    at = end + (next === CODE.slash ? 1 : 2);
  }
}

/** NaN beyond the end. */
function codeAt(text: string, at: number): number {
  return apply(charCodeAt, text, [at]);
}
