import { named } from '../kit/define.js';
import { Progress } from './progress.js';
import { fillBindings, type LinkedModule, type Resolved } from './linked-module.js';
import { isExtensible } from '../kit/primordials.js';
import { type Getter, type Namespace, createBindings, createNamespace } from './namespace.js';

/** The value that the transformed text of a module completes to: see `runner/syntax/module-text.ts`. */
export type EsModuleParts = readonly [
  requests: readonly string[],
  imports: readonly (number | string)[],
  indirect: readonly (string | number | null)[],
  stars: readonly number[],
  isAsync: boolean,
  body: (this: undefined, api: ModuleApi) => Generator<void, void> | AsyncGenerator<void, void>,
];

/** The parameter of a module's body. */
export interface ModuleApi {
  readonly sources: readonly object[];
  /** Returns the namespace of a source, as scripts hold it. */
  readonly namespace: (index: number) => object | undefined;
  readonly meta: object;
  readonly import: (specifier: unknown, options?: unknown) => Promise<unknown>;
  readonly exports: (list: readonly (string | Getter)[]) => void;
  readonly name: (unnamed: object) => void;
}

/** An ES module of a package, or of the script. */
export class EsModule implements LinkedModule {
  readonly bindings = createBindings();
  readonly whole: Getter = () => this.namespace;
  readonly isAsync: boolean;
  readonly requests: readonly string[];
  sources: readonly LinkedModule[] = [];
  /** Progress of the evaluation, for `evaluation.ts`. */
  readonly progress = new Progress();
  #namespace: Namespace | undefined;
  readonly #parts: EsModuleParts;
  readonly #locals: Record<string, Getter> = { __proto__: null } as never;
  #running: Generator<void, void> | AsyncGenerator<void, void> | undefined;

  constructor(
    /** The key of its file; '' for the script. */
    readonly key: string,
    parts: EsModuleParts,
  ) {
    this.#parts = parts;
    [this.requests, , , , this.isAsync] = parts;
  }

  get namespace(): Namespace {
    return (this.#namespace ??= createNamespace({
      names: () => Object.keys(this.bindings).toSorted(),
      isComplete: () => !isExtensible(this.bindings),
      get: (name) => this.bindings[name],
    }));
  }

  /** Creates the bindings. The sources must exist; they need not be linked. */
  start(sources: readonly LinkedModule[], meta: object, importModule: ModuleApi['import']): void {
    this.sources = sources;
    const [, , , , , body] = this.#parts;
    this.#running = Reflect.apply(body, undefined, [
      {
        sources: sources.map(({ bindings }) => bindings),
        namespace: (index) => sources[index]?.namespace,
        meta,
        import: importModule,
        exports: (list: readonly (string | Getter)[]) => {
          for (let i = 0; i < list.length; i += 2) this.#locals[list[i] as string] = list[i + 1] as Getter;
        },
        name: (unnamed: object) => void named('default', unnamed),
      } satisfies ModuleApi,
    ]);
    // The promise of an asynchronous body is not needed: the code before the first `yield` cannot fail.
    void this.#running.next();
  }

  /** @throws SyntaxError for a name that a source does not export, as far as its exports are known by now */
  link(): void {
    fillBindings(this);
    const imports = this.#parts[1];
    for (let i = 0; i < imports.length; i += 2) {
      const index = imports[i] as number;
      const source = this.sources[index];
      const name = imports[i + 1] as string;
      if (source === undefined || !source.isSettled([])) continue;
      const found = source.resolve(name, []);
      if (typeof found === 'function') continue;
      const request = this.requests[index] ?? '';
      throw new SyntaxError(
        found === undefined
          ? `The requested module '${request}' does not provide an export named '${name}'`
          : `The requested module '${request}' contains conflicting star exports for name '${name}'`,
      );
    }
  }

  /** Runs the body. @returns the promise of its end if it awaits */
  run(): Promise<unknown> | undefined {
    this.link();
    const running = this.#running as AsyncGenerator<void, void>;
    const step = running.next();
    return this.isAsync ? step : undefined;
  }

  isSettled(seen: LinkedModule[]): boolean {
    if (seen.includes(this)) return true;
    const further = [...seen, this];
    const [, , indirect, stars] = this.#parts;
    return this.sources.every((source, index) => {
      const isReexported = stars.includes(index) || indirect.some((from, i) => i % 3 === 1 && from === index);
      return !isReexported || source.isSettled(further);
    });
  }

  names(seen: LinkedModule[]): string[] {
    if (seen.includes(this)) return [];
    const further = [...seen, this];
    const names = Object.keys(this.#locals);
    const indirect = this.#parts[2];
    for (let i = 0; i < indirect.length; i += 3) names.push(indirect[i] as string);
    for (const source of this.#starred()) {
      names.push(...source.names(further).filter((name) => name !== 'default' && name !== 'module.exports'));
    }
    return [...new Set(names)];
  }

  resolve(name: string, seen: (LinkedModule | string)[]): Resolved {
    const local = this.#locals[name];
    if (local !== undefined) return local;
    for (let i = 0; i < seen.length; i += 2) if (seen[i] === this && seen[i + 1] === name) return undefined;
    const further = [...seen, this, name];
    const indirect = this.#parts[2];
    for (let i = 0; i < indirect.length; i += 3) {
      if (indirect[i] !== name) continue;
      const source = this.sources[indirect[i + 1] as number];
      const from = indirect[i + 2];
      return typeof from === 'string' ? source?.resolve(from, further) : source?.whole;
    }
    return name === 'default' ? undefined : this.#resolveStar(name, further);
  }

  #resolveStar(name: string, seen: (LinkedModule | string)[]): Resolved {
    let found: Resolved;
    for (const source of this.#starred()) {
      const resolved = source.resolve(name, seen);
      if (resolved === 'ambiguous') return resolved;
      if (resolved === undefined || resolved === found) continue;
      if (found !== undefined) return 'ambiguous';
      found = resolved;
    }
    return found;
  }

  #starred(): LinkedModule[] {
    return this.#parts[3].map((index) => this.sources[index] as LinkedModule);
  }
}
