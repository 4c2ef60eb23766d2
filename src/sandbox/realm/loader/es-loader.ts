import { loadFailed, requireAsync } from '../../boundary/coded-errors.js';
import { EsModule, type EsModuleParts } from './es-module.js';
import { evaluate } from './evaluation.js';
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
  runScript(parts: EsModuleParts): {
    readonly namespace: Namespace;
    readonly ended: Promise<void> | undefined;
  };
}

/** Links and evaluates the ES modules of one context, as in the standard. */
export function createEsLoader({ find, meta, namesWhole }: ModuleFinder): EsLoader {
  const modules: Record<string, EsModule | SyntheticModule> = { __proto__: null } as never;

  return {
    requireModule(key, parts) {
      const module = linked(key, parts);
      if (awaits(module, [])) throw requireAsync(key);
      void evaluate(module);
      return module.namespace;
    },
    importModule,
    runScript(parts) {
      const module = linked('', parts);
      const ended = awaits(module, []) ? afterBeginning(() => runScript(module)) : runScript(module);
      return { namespace: module.namespace, ended };
    },
  };

  async function importModule(found: Found): Promise<Namespace> {
    const known = modules[found.key];
    const parts = known === undefined ? found.parts() : undefined;
    const module = known ?? (parts === undefined ? synthetic(found) : linked(found.key, parts));
    if (awaits(module, [])) await afterBeginning(() => evaluate(module));
    else await evaluate(module);
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

/**
 * Lets the bodies of modules that await come to their first `yield`, which an asynchronous generator reaches in a microtask. Only
 * then they run as far as their first `await` without a pause, as in the standard.
 */
async function afterBeginning(evaluateAll: () => Promise<void> | undefined): Promise<void> {
  await microtask();
  await evaluateAll();
}

async function microtask(): Promise<void> {}

/**
 * Evaluates the script's sources, then the script.
 * @returns its end if one of them awaits
 * @throws what one throws before another awaits
 */
function runScript(module: EsModule): Promise<void> | undefined {
  const waiting: Promise<void>[] = [];
  module.sources.forEach((source, index) => {
    const request = module.requests[index];
    const ended = wrapLoadError(request, () => evaluate(source));
    if (ended !== undefined) waiting.push(wrapLaterError(request, ended));
  });
  return waiting.length === 0 ? evaluate(module) : runAfter(waiting, module);
}

async function wrapLaterError(request: string | undefined, ended: Promise<void>): Promise<void> {
  try {
    await ended;
  } catch (error) {
    throw loadFailed(request ?? '', error);
  }
}

async function runAfter(waiting: readonly Promise<void>[], module: EsModule): Promise<void> {
  await Promise.all(waiting);
  await evaluate(module);
}

/** Whether a module that has not run yet awaits. */
function awaits(module: LinkedModule, seen: LinkedModule[]): boolean {
  if (!(module instanceof EsModule) || module.progress.state === 'evaluated' || seen.includes(module))
    return false;
  seen.push(module);
  return module.isAsync || module.sources.some((source) => awaits(source, seen));
}
