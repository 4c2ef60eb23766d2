import { loadFailed, requireAsync } from '../../boundary/module-errors.js';
import { EsModule, type EsModuleParts } from './es-module.js';
import { ForeignModule, type LinkedModule } from './linked-module.js';
import type { Namespace } from './namespace.js';

/** What a specifier leads to. */
export interface Found {
  readonly key: string;
  /** Undefined for what is no ES module. */
  readonly parts: () => EsModuleParts | undefined;
  /** Of what is no ES module; runs it. */
  readonly exports: () => unknown;
}

/** What this loader needs of the one around it. */
export interface Surrounding {
  /** What a module, by its key, means by a specifier; the script's key is ''. */
  find(from: string, specifier: string): Found;
  meta(key: string): object;
}

export interface EsLoader {
  /**
   * Runs an ES module whole.
   * @throws also Node's error for one that awaits
   */
  required(key: string, parts: EsModuleParts): Namespace;
  /** What `import()` does once it has found its module. */
  imported(found: Found): Promise<Namespace>;
  /** Runs the script as a module; `ended` is there when it awaits. */
  entered(parts: EsModuleParts): { readonly namespace: Namespace; readonly ended?: Promise<void> };
}

/** Links and evaluates the ES modules of one context, as the standard says. */
export function createEsLoader({ find, meta }: Surrounding): EsLoader {
  const modules: Record<string, EsModule | ForeignModule> = { __proto__: null } as never;

  return {
    required(key, parts) {
      const module = linked(key, parts);
      if (awaits(module, [])) throw requireAsync(key);
      evaluate(module);
      return module.namespace;
    },
    imported,
    entered(parts) {
      const module = linked('', parts);
      const { namespace } = module;
      if (awaits(module, [])) return { namespace, ended: enteredLater(module) };
      module.sources.forEach((source, index) => told(module.requests[index], () => evaluate(source)));
      evaluate(module);
      return { namespace };
    },
  };

  async function imported(found: Found): Promise<Namespace> {
    const known = modules[found.key];
    const parts = known === undefined ? found.parts() : undefined;
    const module = known ?? (parts === undefined ? foreign(found) : linked(found.key, parts));
    await evaluateLater(module, []);
    return module.namespace;
  }

  /** A module and all that it imports, linked. Of what cannot be linked, nothing is kept. */
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
      const foundParts = key === '' ? told(request, found.parts) : found.parts();
      if (foundParts === undefined) return foreign(found);
      return key === ''
        ? told(request, () => gather(found.key, foundParts, added))
        : gather(found.key, foundParts, added);
    });
    module.start(sources, meta(key), async (specifier) =>
      imported(find(key, ''.concat(specifier as string))),
    );
    return module;
  }

  function foreign({ key, exports }: Found): ForeignModule {
    const module = new ForeignModule(exports);
    modules[key] = module;
    return module;
  }
}

/** A package that the script imports cannot be loaded: says so, as for a `require`. */
function told<T>(request: string | undefined, load: () => T): T {
  try {
    return load();
  } catch (error) {
    throw loadFailed(request ?? '', error);
  }
}

async function enteredLater(module: EsModule): Promise<void> {
  for (const [index, source] of module.sources.entries()) {
    try {
      await evaluateLater(source, []);
    } catch (error) {
      throw loadFailed(module.requests[index] ?? '', error);
    }
  }
  await evaluateLater(module, []);
}

/** Whether something awaits that has not run yet. */
function awaits(module: LinkedModule, seen: LinkedModule[]): boolean {
  if (!(module instanceof EsModule) || module.state === 'evaluated' || seen.includes(module)) return false;
  seen.push(module);
  return module.isAsync || module.sources.some((source) => awaits(source, seen));
}

/** Sources first, in order; in a circle, whatever was begun first goes on last. */
function evaluate(module: LinkedModule): void {
  if (module instanceof ForeignModule) return module.evaluate();
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
