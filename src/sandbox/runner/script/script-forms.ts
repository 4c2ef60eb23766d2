import type { Script as Compiled } from 'node:vm';
import type { Language } from '../../boundary/messages.js';
import { compile } from './compile.js';
import { importNamed, looksLikeModuleSyntax, syntax, withoutTypes } from '../modules/index.js';
import type { Shift } from '../syntax/index.js';
import { TextCache } from './text-cache.js';
import { SCRIPT_FILE } from './thrown.js';

/** Exporting as CommonJS does; but not what asks first whether it can, and defines globals otherwise. */
const EXPORTS = /\b(?:module\s*\.\s*exports|exports\s*[.[])/;
const ASKS = /\btypeof\s+\(?(?:module|exports)\b/;

/** The author's text, compiled. */
export interface Form {
  readonly kind: 'classic' | 'module';
  /** Whether a classic script asks for `module` and `exports`. */
  readonly exports: boolean;
}

/** A classic script, or what `syntax/module-text.ts` makes of a module. */
export interface ScriptForm extends Form {
  readonly script: Compiled;
  readonly shifts: readonly Shift[];
}

const classics = new TextCache<Compiled>();
const forms = {
  unsaid: new TextCache<ScriptForm>(),
  module: new TextCache<ScriptForm>(),
  typescript: new TextCache<ScriptForm>(),
} satisfies Record<Language | 'unsaid', unknown>;

/**
 * A classic script; compiled once for each text and file name.
 * @throws SyntaxError of the host's realm
 */
export function classicScript(text: string, filename: string, columnOffset = 0): Compiled {
  return classics.of(`${filename}\n${text}`, () => compile(importNamed(text), filename, columnOffset));
}

/**
 * The script of an execution. Without a language, its syntax says whether it is a module.
 * @throws SyntaxError of the host's realm
 */
export function scriptForm(code: string, language: Language | undefined): ScriptForm {
  return forms[language ?? 'unsaid'].of(code, () => {
    if (language === 'module') return moduleForm(code);
    return formBySyntax(language === 'typescript' ? withoutTypes(code) : code, code);
  });
}

/** Whether a classic script exports as CommonJS does. */
export function asksForExports(code: string): boolean {
  return EXPORTS.test(code) && !ASKS.test(code);
}

/** @param written the text before its types were taken out */
function formBySyntax(code: string, written: string): ScriptForm {
  try {
    const exports = asksForExports(written);
    return { kind: 'classic', script: compile(importNamed(code), SCRIPT_FILE), shifts: [], exports };
  } catch (error) {
    if (!looksLikeModuleSyntax(error)) throw error;
    return moduleForm(code, error);
  }
}

function moduleForm(code: string, asClassic?: SyntaxError): ScriptForm {
  try {
    const { text, prefix, shifts } = syntax().moduleText(code, { scope: [], isScript: true });
    return { kind: 'module', script: compile(text, SCRIPT_FILE, -prefix), shifts, exports: false };
  } catch (error) {
    // An `await` in a function that is not asynchronous: V8 says it better.
    if (asClassic !== undefined && error instanceof SyntaxError && asClassic.message.startsWith('await '))
      throw asClassic;
    throw error;
  }
}
