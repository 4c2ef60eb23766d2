import { loadFailed, requireAsync } from '../../boundary/coded-errors.js';
import { EsModule, type EsModuleParts } from './es-module.js';
import { SyntheticModule, type LinkedModule } from './linked-module.js';
import type { Namespace } from './namespace.js';

/** The module that a specifier resolves to. */
export interface Found {
  readonly key: string;
  /** Undefined for a module that is not an ES module. */
  readonly parts: () => EsModuleParts | undefined;
  /** Runs a module that is not an ES module, and returns its exports. */
  readonly exports: () => unknown;
}

/** The functions of the CommonJS loader that this one uses. */
export interface ModuleFinder {
  /** Resolves a specifier for a module, given by its key; the script's key is ''. */
  find(from: string, specifier: string): Found;
  meta(key: string): object;
  /** Whether this Node has an export `module.exports` for CommonJS. */
  namesWhole(): boolean;
}

export interface EsLoader {
  /**
   * Runs an ES module for `require`.
   * @throws Node's error if the module awaits
   */
  requireModule(key: string, parts: EsModuleParts): Namespace;
  /** Runs a module for `import()`. */
  importModule(found: Found): Promise<Namespace>;
  /** Runs the script as a module; `ended` is its end if it awaits. */
  runScript(parts: EsModuleParts): { readonly namespace: Namespace; readonly ended?: Promise<void> };
}

/** Links and evaluates the ES modules of one context, as in the standard. */
export function createEsLoader({ find, meta, namesWhole }: ModuleFinder): EsLoader {
  const modules: Record<string, EsModule | SyntheticModule> = { __proto__: null } as never;

  return {
    requireModule(key, parts) {
      const module = linked(key, parts);
      if (awaits(module, [])) throw requireAsync(key);
      evaluate(module);
      return module.namespace;
    },
    importModule,
    runScript(parts) {
      const module = linked('', parts);
      const { namespace } = module;
      if (awaits(module, [])) return { namespace, ended: runScriptLater(module) };
      module.sources.forEach((source, index) =>
        wrapLoadError(module.requests[index], () => evaluate(source)),
      );
      evaluate(module);
      return { namespace };
    },
  };

  async function importModule(found: Found): Promise<Namespace> {
    const known = modules[found.key];
    const parts = known === undefined ? found.parts() : undefined;
    const module = known ?? (parts === undefined ? synthetic(found) : linked(found.key, parts));
    await evaluateLater(module, []);
    return module.namespace;
  }

  /** Links a module and everything that it imports. If linking fails, none of them is kept. */
  function linked(key: string, parts: EsModuleParts): EsModule {
    const known = modules[key];
    if (known instanceof EsModule) return known;
    const added: EsModule[] = [];
    try {
      const module = gather(key, parts, added);
      for (const each of added) each.link();
      return module;
    } catch (error) {
      for (const each of added) delete modules[each.key];
      throw error;
    }
  }

  function gather(key: string, parts: EsModuleParts, added: EsModule[]): EsModule {
    const module = new EsModule(key, parts);
    modules[key] = module;
    added.push(module);
    const sources = module.requests.map((request): LinkedModule => {
      const found = find(key, request);
      const known = modules[found.key];
      if (known !== undefined) return known;
      const foundParts = key === '' ? wrapLoadError(request, found.parts) : found.parts();
      if (foundParts === undefined) return synthetic(found);
      return key === ''
        ? wrapLoadError(request, () => gather(found.key, foundParts, added))
        : gather(found.key, foundParts, added);
    });
    module.start(sources, meta(key), async (specifier) =>
      importModule(find(key, ''.concat(specifier as string))),
    );
    return module;
  }

  function synthetic({ key, exports }: Found): SyntheticModule {
    const module = new SyntheticModule(exports, !key.startsWith('node:') && namesWhole());
    modules[key] = module;
    return module;
  }
}

/** Loads a package that the script imports. @throws the error of a failed `require` if that fails */
function wrapLoadError<T>(request: string | undefined, load: () => T): T {
  try {
    return load();
  } catch (error) {
    throw loadFailed(request ?? '', error);
  }
}

async function runScriptLater(module: EsModule): Promise<void> {
  for (const [index, source] of module.sources.entries()) {
    try {
      await evaluateLater(source, []);
    } catch (error) {
      throw loadFailed(module.requests[index] ?? '', error);
    }
  }
  await evaluateLater(module, []);
}

/** Whether a module that has not run yet awaits. */
function awaits(module: LinkedModule, seen: LinkedModule[]): boolean {
  if (!(module instanceof EsModule) || module.state === 'evaluated' || seen.includes(module)) return false;
  seen.push(module);
  return module.isAsync || module.sources.some((source) => awaits(source, seen));
}

/** Evaluates the sources first, in order. In a cycle, the module that began first ends last. */
function evaluate(module: LinkedModule): void {
  if (module instanceof SyntheticModule) return module.evaluate();
  if (!(module instanceof EsModule) || !module.begin()) return;
  try {
    for (const source of module.sources) evaluate(source);
    void module.run();
    module.state = 'evaluated';
  } catch (error) {
    throw module.fail(error);
  }
}

async function evaluateLater(module: LinkedModule, importers: readonly LinkedModule[]): Promise<void> {
  if (!awaits(module, [])) return evaluate(module);
  if (!(module instanceof EsModule) || importers.includes(module)) return undefined;
  module.evaluation ??= evaluateInTurn(module, importers);
  return module.evaluation;
}

async function evaluateInTurn(module: EsModule, importers: readonly LinkedModule[]): Promise<void> {
  if (!module.begin()) return;
  try {
    for (const source of module.sources) await evaluateLater(source, [...importers, module]);
    await module.run();
    module.state = 'evaluated';
  } catch (error) {
    throw module.fail(error);
  }
}
