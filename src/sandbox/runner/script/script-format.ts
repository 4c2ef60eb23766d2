import { looksLikeModuleSyntax } from '../modules/compile-module.js';
import { syntax } from '../modules/syntax.js';
import { describeSyntaxError } from './thrown.js';

/**
 * Whether a classic script gets `module` and `exports`. A set has the functions that it defines itself where it does not get
 * them: a script that calls one of these runs as it would in a browser.
 */
export type CommonJs = boolean | ReadonlySet<string>;

/** How the author's text runs, once it is compiled. */
export interface ScriptFormat {
  readonly kind: 'classic' | 'module';
  readonly commonJs: CommonJs;
}

const MENTIONS = /\b(?:module|exports)\b/;
const ASKS = /\btypeof\s*\(?\s*(?:module|exports)\b/;
const MODULE_WORDS = /\b(?:await|import|export)\b/;

/**
 * Decides from its text whether a script is CommonJS. One that asks whether it is (`typeof module`), as UMD bundles do, is
 * parsed to see what depends on the answer.
 */
export function commonJsOf(code: string): CommonJs {
  if (!MENTIONS.test(code)) return false;
  if (!ASKS.test(code)) return true;
  try {
    const { unguarded, globals } = syntax().commonJsUse(code);
    return unguarded || new Set(globals);
  } catch (error) {
    // Syntax that the parser does not know, or a text that is nested too deeply.
    if (error instanceof SyntaxError || error instanceof RangeError) return true;
    throw error;
  }
}

/** Whether a script gets `module` and `exports` when a function of it is called. */
export function getsExports(commonJs: CommonJs, call: string | undefined): boolean {
  return typeof commonJs === 'boolean' ? commonJs : call === undefined || !commonJs.has(call);
}

/**
 * Compiles a text as a classic script, or as a module if that is the only way.
 * @param asModule gets the text with exports for its declarations, if it has no exports of its own
 * @throws SyntaxError, RangeError: of two syntax errors, the one that the author more likely means
 */
export function compiledBySyntax<T>(code: string, asClassic: () => T, asModule: (code: string) => T): T {
  try {
    return asClassic();
  } catch (error) {
    if (!(error instanceof SyntaxError) || !MODULE_WORDS.test(code)) throw error;
    try {
      return asModule(syntax().withDeclarationsExported(code));
    } catch (other) {
      throw likelier(error, other, code);
    }
  }
}

function likelier(asClassic: SyntaxError, asModule: unknown, code: string): unknown {
  if (!(asModule instanceof SyntaxError)) return looksLikeModuleSyntax(asClassic) ? asModule : asClassic;
  // An `await` in a function that is not async: V8's message is better.
  if (asClassic.message.startsWith('await ')) return asClassic;
  if (looksLikeModuleSyntax(asClassic)) return asModule;
  return isLater(describeSyntaxError(asModule, code), describeSyntaxError(asClassic, code))
    ? asModule
    : asClassic;
}

interface Place {
  readonly line?: number;
  readonly column?: number;
}

function isLater(a: Place, b: Place): boolean {
  const [lineA = 0, lineB = 0] = [a.line, b.line];
  return lineA > lineB || (lineA === lineB && (a.column ?? 0) > (b.column ?? 0));
}
