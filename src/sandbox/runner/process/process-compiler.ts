import { Module, Script, SourceTextModule } from 'node:vm';
import { withoutTypes } from '../modules/typescript.js';
import { SCRIPT_META } from '../../boundary/loader-protocol.js';
import type { Language } from '../../boundary/messages.js';
import { named } from '../script/compile.js';
import { type ScriptFormat, commonJsOf, compiledBySyntax } from '../script/script-format.js';
import { SCRIPT_FILE } from '../script/thrown.js';
import type { NodeModules } from './node-modules.js';
import { syntheticModule } from './synthetic-module.js';

/** The author's text, compiled by Node itself. */
export type ProcessScript = ScriptFormat &
  (
    | { readonly kind: 'classic'; readonly script: Script }
    | { readonly kind: 'module'; readonly module: SourceTextModule }
  );

/** Compiles for the realm of the process; `import` in the text is Node's, behind the allowlist. */
export class ProcessCompiler {
  /** Returns namespaces too: Node accepts them like modules, though its types do not. */
  readonly #import: (specifier: string) => Promise<Module>;

  constructor(private readonly modules: NodeModules) {
    this.#import = modules.import as (specifier: string) => Promise<never>;
  }

  /** @throws SyntaxError, RangeError */
  compile(code: string, language: Language | undefined): ProcessScript {
    const text = language === 'typescript' ? withoutTypes(code) : code;
    if (language === 'module') return this.#module(text);
    return compiledBySyntax(
      text,
      () => ({ kind: 'classic', script: this.classic(text, SCRIPT_FILE), commonJs: commonJsOf(text) }),
      (source) => this.#module(source),
    );
  }

  /** @throws SyntaxError */
  classic(text: string, filename: string, columnOffset = 0): Script {
    return new Script(named(text, filename), {
      filename,
      columnOffset,
      importModuleDynamically: this.#import,
    });
  }

  /** Links and runs a module. Rejects with what the module throws, or with the error of an import. */
  async evaluated(module: SourceTextModule): Promise<void> {
    await module.link((specifier) => this.#imported(specifier));
    await module.evaluate();
  }

  #module(text: string): ProcessScript {
    const module = new SourceTextModule(named(text, SCRIPT_FILE), {
      identifier: SCRIPT_FILE,
      importModuleDynamically: this.#import,
      initializeImportMeta: (meta) => {
        Object.assign(meta, SCRIPT_META);
        meta['resolve'] = this.modules.resolveImport;
      },
    });
    return { kind: 'module', module, commonJs: false };
  }

  async #imported(specifier: string): Promise<Module> {
    const namespace = await this.modules.import(specifier);
    return namespace instanceof Module ? namespace : syntheticModule(namespace);
  }
}
