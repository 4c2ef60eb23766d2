import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Script } from 'node:vm';
import { MODULE_CODES } from '../../boundary/coded-errors.js';
import type { CodeCache } from './code-cache.js';
import { decoded } from './code-pack.js';
import {
  type CompiledModule,
  compileCommonJs,
  compileEsModule,
  looksLikeEsModule,
} from './compile-module.js';
import { stackName } from './key.js';
import { ModuleError } from './module-error.js';
import type { Resolver } from './resolver.js';

/** Texts and compiled code of the packages' files, read once for the runner's life. */
export class PackageSources {
  readonly #scripts = new Map<string, Script>();
  readonly #texts = new Map<string, string>();

  constructor(
    private readonly resolver: Resolver,
    private readonly code: CodeCache,
  ) {}

  /**
   * A script that completes to a function of the module's scope, which makes the module: see `compile-module.ts`.
   * @throws ModuleError when the file is no JavaScript
   */
  script(path: string, key: string): Script {
    const known = this.#scripts.get(path);
    if (known !== undefined) return known;
    const script = this.#load(path, key);
    this.#scripts.set(path, script);
    return script;
  }

  /** The text of a JSON file. */
  text(path: string): string {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    const text = decoded(read(path));
    this.#texts.set(path, text);
    return text;
  }

  #load(path: string, key: string): Script {
    if (extname(path) === '.node') {
      throw new ModuleError(
        'ERR_DLOPEN_FAILED',
        () =>
          `${key} is a native add-on: machine code works only at isolation level process, with the setting SANDBOX_ADDONS`,
      );
    }
    const source = read(path);
    const known = this.code.find(path, source, stackName(key));
    if (known !== undefined) return known;
    const { script, text, prefix } = this.#compile(decoded(source), path, key);
    this.code.compiled(path, source, { text, prefix }, script);
    return script;
  }

  #compile(text: string, path: string, key: string): CompiledModule {
    const extension = extname(path);
    const type = this.resolver.scopeOf(path)?.type;
    if (extension === '.mjs' || (extension !== '.cjs' && type === 'module'))
      return compileEsModule(text, key);
    try {
      return compileCommonJs(text, key);
    } catch (error) {
      // A file that does not say what it is, as Node has it.
      if (extension !== '.cjs' && looksLikeEsModule(error)) return compileEsModule(text, key);
      throw error;
    }
  }
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new ModuleError(
      MODULE_CODES.broken,
      (name) => `${name(path)} cannot be read (${String(error.code)})`,
    );
  }
}
