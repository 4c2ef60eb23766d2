import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Script } from 'node:vm';
import { compile } from '../compile.js';
import { stackName } from './key.js';
import { ModuleError } from './module-error.js';
import type { Resolver } from './resolver.js';
import { LOAD_FAILED } from './script-requires.js';

/**
 * Names that a module finds around it without asking, as in Node. A module gets those that its text
 * mentions, so that one that does not use `Buffer` does not cause it to be made.
 */
const SURROUNDINGS = [
  'global',
  'process',
  'Buffer',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'performance',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'atob',
  'btoa',
].map((name) => ({ name, mention: new RegExp(`\\b${name}\\b`) }));

const ESM_SYNTAX = /import statement outside a module|Unexpected token 'export'|import\.meta/;

/** Texts and compiled code of the packages' files, read once for the runner's life. */
export class PackageSources {
  readonly #scripts = new Map<string, Script>();
  readonly #texts = new Map<string, string>();

  constructor(private readonly resolver: Resolver) {}

  /**
   * A script that completes to `surroundings => function (exports, require, module, __filename, __dirname)`.
   * @throws ModuleError when the file is no CommonJS
   */
  script(path: string, key: string): Script {
    const known = this.#scripts.get(path);
    if (known !== undefined) return known;
    this.#refuseOtherFormats(path, key);
    const script = compileModule(read(path), key);
    this.#scripts.set(path, script);
    return script;
  }

  /** The text of a JSON file. */
  text(path: string): string {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const text = read(path);
    this.#texts.set(path, text);
    return text;
  }

  #refuseOtherFormats(path: string, key: string): void {
    const extension = extname(path);
    if (extension === '.node') {
      throw new ModuleError(
        'ERR_DLOPEN_FAILED',
        () => `${key} is a native add-on: machine code is not loaded into the sandbox`,
      );
    }
    if (extension === '.mjs' || (extension !== '.cjs' && this.resolver.scopeOf(path)?.type === 'module')) {
      throw esModule(key);
    }
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new ModuleError(LOAD_FAILED, (name) => `${name(path)} cannot be read (${String(error.code)})`);
  }
}

function compileModule(text: string, key: string): Script {
  const names = SURROUNDINGS.filter(({ mention }) => mention.test(text)).map(({ name }) => name);
  // Two functions: a module may declare the surrounding names anew, as with globals.
  const prefix = `(function ({${names.join(',')}}) { return function (exports, require, module, __filename, __dirname) {`;
  const body = text.startsWith('#!') ? `//${text.slice(2)}` : text;
  try {
    return compile(`${prefix}${body}\n}})`, stackName(key), -prefix.length);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (ESM_SYNTAX.test(error.message)) throw esModule(key);
    const place = /^npm:[^\n]*/.exec(error.stack ?? '')?.[0] ?? stackName(key);
    throw new ModuleError('SyntaxError', () => `${error.message} (${place})`);
  }
}

function esModule(key: string): ModuleError {
  return new ModuleError(
    'ERR_REQUIRE_ESM',
    () => `${key} is an ES module, and the package offers no CommonJS form of it for require`,
  );
}
