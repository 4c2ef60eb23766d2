import type { Script as Compiled } from 'node:vm';
import { BUILTIN_GLOBALS, TIMER_GLOBALS } from '../../boundary/builtin-globals.js';
import type { Language } from '../../boundary/messages.js';
import { compile } from './compile.js';
import { importNamed, syntax, withoutTypes } from '../modules/index.js';
import type { Shift } from '../syntax/index.js';
import { type ScriptFormat, commonJsOf, compiledBySyntax } from './script-format.js';
import { SCRIPT_FILE } from './thrown.js';

/** Most characters of keys that a cache keeps. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

/** With these a script may reach a global whose name is not in its text. */
const REACHES_ANY =
  /\b(?:require|import|eval|Function|constructor|global|globalThis|this|Reflect|Proxy|with)\b/;

const GLOBALS = Object.entries({ ...BUILTIN_GLOBALS, ...TIMER_GLOBALS });

/** A classic script, or a module as `syntax/module-text.ts` rewrites it. */
export interface CompiledScript extends ScriptFormat {
  readonly script: Compiled;
  readonly shifts: readonly Shift[];
}

/**
 * Caches by text, compiled code above all: V8's own cache does not serve scripts that have an import callback. Compiled code
 * holds nothing of the contexts that it ran in, and a runner serves one tenant only.
 */
export class TextCache<T> {
  readonly #made = new Map<string, T>();
  #characters = 0;

  /** Returns what was made for this key, or makes it now; what `make` throws is not kept. */
  of(key: string, make: () => T): T {
    let made = this.#made.get(key);
    if (made === undefined) {
      made = make();
      this.#characters += key.length;
      this.#evict();
    } else {
      // Moved to the end: the first one is then the one unused for longest.
      this.#made.delete(key);
    }
    this.#made.set(key, made);
    return made;
  }

  #evict(): void {
    for (const key of this.#made.keys()) {
      if (this.#characters <= MAX_CHARACTERS) return;
      this.#made.delete(key);
      this.#characters -= key.length;
    }
  }
}

const mentioned = new TextCache<string>();
const classics = new TextCache<Compiled>();
const scripts = {
  detected: new TextCache<CompiledScript>(),
  module: new TextCache<CompiledScript>(),
  typescript: new TextCache<CompiledScript>(),
} satisfies Record<Language | 'detected', unknown>;

/**
 * A classic script; compiled once for each text and file name.
 * @throws SyntaxError of the host's realm
 */
export function classicScript(text: string, filename: string, columnOffset = 0): Compiled {
  return classics.of(`${filename}\n${text}`, () => compile(importNamed(text), filename, columnOffset));
}

/**
 * The script of an execution, compiled. Without a language, its syntax decides whether it is a module.
 * @throws SyntaxError of the host's realm
 */
export function compiledScript(code: string, language: Language | undefined): CompiledScript {
  return scripts[language ?? 'detected'].of(code, () => {
    if (language === 'module') return moduleScript(code);
    const plain = language === 'typescript' ? withoutTypes(code) : code;
    return compiledBySyntax(plain, () => plainScript(plain), moduleScript);
  });
}

function plainScript(code: string): CompiledScript {
  const script = compile(importNamed(code), SCRIPT_FILE);
  return { kind: 'classic', script, shifts: [], commonJs: commonJsOf(code) };
}

function moduleScript(code: string): CompiledScript {
  const { text, prefix, shifts } = syntax().moduleText(code, { scope: [], isScript: true });
  return { kind: 'module', script: compile(text, SCRIPT_FILE, -prefix), shifts, commonJs: false };
}

/** Every global that comes from a builtin: `name:builtin` for each, with commas between them. */
export const ALL_GLOBALS = listed(GLOBALS);

/**
 * The globals that a script can ask for by name. Defining all of them would be a tenth of the cost of its context, and most
 * scripts ask for none.
 * @returns as {@link ALL_GLOBALS}; it is empty for none
 */
export function mentionedGlobals(code: string, caller = ''): string {
  const text = caller === '' ? code : `${caller}\n${code}`;
  return mentioned.of(text, () => {
    // An escape, as in `\u0066etch`, may be part of any name.
    if (REACHES_ANY.test(text) || text.includes('\\u')) return ALL_GLOBALS;
    return listed(GLOBALS.filter(([name]) => text.includes(name)));
  });
}

function listed(globals: readonly (readonly [string, string])[]): string {
  return globals.map(([name, builtin]) => `${name}:${builtin}`).join(',');
}
