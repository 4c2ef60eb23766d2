import { Module, Script, SourceTextModule } from 'node:vm';
import { looksLikeModuleSyntax } from '../modules/compile-module.js';
import { withoutTypes } from '../modules/typescript.js';
import { SCRIPT_META } from '../../boundary/loader-protocol.js';
import type { Language } from '../../boundary/messages.js';
import { type Form, asksForExports } from '../script/script-forms.js';
import { SCRIPT_FILE } from '../script/thrown.js';
import type { NodeModules } from './node-modules.js';
import { syntheticModule } from './synthetic-module.js';

/** The author's text as Node itself compiles it. */
export type ProcessForm = Form &
  (
    | { readonly kind: 'classic'; readonly script: Script }
    | { readonly kind: 'module'; readonly module: SourceTextModule }
  );

/** Compiles for the realm of the process; `import` in the text is Node's, behind the allowlist. */
export class ProcessForms {
  /** Gives namespaces, which Node takes as it takes modules, and its types do not know. */
  readonly #import: (specifier: string) => Promise<Module>;

  constructor(private readonly modules: NodeModules) {
    this.#import = modules.import as (specifier: string) => Promise<never>;
  }

  /** @throws SyntaxError, RangeError */
  of(code: string, language: Language | undefined): ProcessForm {
    const text = language === 'typescript' ? withoutTypes(code) : code;
    if (language === 'module') return this.#module(text);
    try {
      return { kind: 'classic', script: this.classic(text, SCRIPT_FILE), exports: asksForExports(code) };
    } catch (error) {
      if (!looksLikeModuleSyntax(error)) throw error;
      return this.#moduleOr(text, error);
    }
  }

  /** @throws SyntaxError */
  classic(text: string, filename: string, columnOffset = 0): Script {
    return new Script(text, { filename, columnOffset, importModuleDynamically: this.#import });
  }

  /** Links and runs a module. Rejects with what it throws, or why an import of its cannot be had. */
  async evaluated(module: SourceTextModule): Promise<void> {
    await module.link((specifier) => this.#imported(specifier));
    await module.evaluate();
  }

  #moduleOr(text: string, asClassic: SyntaxError): ProcessForm {
    try {
      return this.#module(text);
    } catch (error) {
      // An `await` in a function that is not asynchronous: V8 says it better.
      if (error instanceof SyntaxError && asClassic.message.startsWith('await ')) throw asClassic;
      throw error;
    }
  }

  #module(text: string): ProcessForm {
    const module = new SourceTextModule(text, {
      identifier: SCRIPT_FILE,
      importModuleDynamically: this.#import,
      initializeImportMeta: (meta) => {
        Object.assign(meta, SCRIPT_META);
        meta['resolve'] = this.modules.resolveImport;
      },
    });
    return { kind: 'module', module, exports: false };
  }

  async #imported(specifier: string): Promise<Module> {
    const namespace = await this.modules.import(specifier);
    return namespace instanceof Module ? namespace : syntheticModule(namespace);
  }
}
