import { apply, contains, sourceOf } from './kit/primordials.js';

const { charCodeAt, indexOf } = String.prototype;

const CODE = {
  doubleQuote: 34,
  dollar: 36,
  singleQuote: 39,
  openParenthesis: 40,
  closeParenthesis: 41,
  star: 42,
  slash: 47,
  bracket: 91,
  backslash: 92,
  backtick: 96,
} as const;

/**
 * Whether the text of a function declares no parameter and does not use `arguments`: then the function has no use for a
 * callback. False for functions whose text does not say so: native, bound and proxied ones, methods with a computed name.
 */
export function takesNothing(callee: (...args: never[]) => unknown): boolean {
  if (callee.length > 0) return false;
  const source = sourceOf(callee);
  if (usesArguments(source) || contains(source, '[native code]')) return false;
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

/**
 * Whether `arguments` stands in a text outside of comments and strings. True as well where only a parser could say: after a
 * slash that may begin a regular expression, and in templates with code in them.
 */
function usesArguments(text: string): boolean {
  let mention = find(text, 'arguments', 0);
  for (let at = 0; mention !== -1;) {
    const code = codeAt(text, at);
    let end = at + 1;
    if (code === CODE.slash) {
      end = afterSpace(text, at);
      if (end === at) return true;
    } else if (code === CODE.singleQuote || code === CODE.doubleQuote || code === CODE.backtick) {
      end = afterString(text, at, code);
      if (end === -1) return true;
    } else if (at === mention) return true;
    at = end;
    if (mention < at) mention = find(text, 'arguments', at);
  }
  return false;
}

/** The position after a string or a template; -1 for a template that may have code in it. */
function afterString(text: string, from: number, quote: number): number {
  for (let at = from + 1; ; at++) {
    const code = codeAt(text, at);
    if (code === quote) return at + 1;
    if (!(code >= 0) || (quote === CODE.backtick && code === CODE.dollar)) return -1;
    if (code === CODE.backslash) at++;
  }
}

function find(text: string, wanted: string, from: number): number {
  return apply(indexOf, text, [wanted, from]);
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
      next === CODE.slash ? find(text, '\n', at) : next === CODE.star ? find(text, '*/', at + 2) : -1;
    if (end === -1) return at;
    at = end + (next === CODE.slash ? 1 : 2);
  }
}

/** NaN beyond the end. */
function codeAt(text: string, at: number): number {
  return apply(charCodeAt, text, [at]);
}
