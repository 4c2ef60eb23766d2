import type { Script } from 'node:vm';
import { compile } from '../script/compile.js';
import { MODULE_SCOPE } from '../../boundary/builtin-globals.js';
import { IMPORT_NAME } from '../../boundary/rewritten-names.js';
import type { ModuleText } from './code-cache.js';
import { stackName } from './key.js';
import { ModuleError } from './module-error.js';
import { importNamed, lineOf, messageOf, syntax } from './syntax.js';

/** A module gets the names that its text mentions, so that a module without `Buffer` does not load it. */
const MENTIONS = MODULE_SCOPE.map((name) => ({ name, mention: new RegExp(`\\b${name}\\b`) }));

/** A module's script, and the text that it was compiled from. */
export interface CompiledModule extends ModuleText {
  readonly script: Script;
}

const ESM_SYNTAX =
  /import statement outside a module|Unexpected token 'export'|import\.meta|await is only valid in async/;

/**
 * Completes to `scope => function (exports, require, module, __filename, __dirname, import)`.
 * @throws ModuleError
 */
export function compileCommonJs(text: string, key: string): CompiledModule {
  // Two functions: a module may declare the names of its scope anew, as it may those of globals.
  const named = importNamed(text);
  const prefix = `(function ({${scopeNames(text).join(',')}}) { return function (exports, require, module, __filename, __dirname, ${IMPORT_NAME}) {`;
  const body = named.startsWith('#!') ? `//${named.slice(2)}` : named;
  return compiled(key, () => ({ text: `${prefix}${body}\n}})`, prefix: prefix.length }));
}

/**
 * Completes to `scope => [...]`, the lists of `syntax/module-text.ts`.
 * @throws ModuleError
 */
export function compileEsModule(source: string, key: string): CompiledModule {
  return compiled(key, () => syntax().moduleText(source, { scope: scopeNames(source), isScript: false }));
}

/** Whether compiling failed for syntax that only an ES module may have. */
export function looksLikeEsModule(error: unknown): boolean {
  return (
    error instanceof ModuleError && error.code === 'SyntaxError' && ESM_SYNTAX.test(error.describe(String))
  );
}

/** The same of V8's own error. */
export function looksLikeModuleSyntax(error: unknown): error is SyntaxError {
  return error instanceof SyntaxError && ESM_SYNTAX.test(error.message);
}

function scopeNames(text: string): string[] {
  // Most files mention few of them, and a plain search is fast.
  return MENTIONS.filter(({ name, mention }) => text.includes(name) && mention.test(text)).map(
    ({ name }) => name,
  );
}

function compiled(key: string, make: () => ModuleText): CompiledModule {
  try {
    const { text, prefix } = make();
    return { text, prefix, script: compile(text, stackName(key), -prefix) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const place = /^npm:[^\n]*/.exec(error.stack ?? '')?.[0] ?? `${stackName(key)}:${lineOf(error)}`;
    throw new ModuleError('SyntaxError', () => `${messageOf(error)} (${place})`);
  }
}
