import { type FileOperation, type HostFacts, MARK, SCRIPT_META } from '../../boundary/loader-protocol.js';
import type { BuiltinRequire } from './environment.js';
import { invalidArgument, loadFailed, refusal } from '../../boundary/coded-errors.js';
import { type EsLoader, type Found, createEsLoader } from './es-loader.js';
import type { EsModuleParts } from './es-module.js';
import type { LoaderHost } from './host.js';
import { Module, type Require } from './module.js';
import { type Namespace, requireView } from './namespace.js';
import { createNodeModule } from './node-module.js';

type Evaluate = (
  exports: unknown,
  require: Require,
  module: Module,
  filename: string,
  dirname: string,
  importModule: (specifier: unknown) => Promise<Namespace>,
) => void;
type MakePackageFiles = (
  stub: unknown,
  ask: (operation: FileOperation, path: string) => string,
) => { readonly promises: object };
type Wrapper = (scope: object) => Evaluate | EsModuleParts;

/** How a script loads modules. */
export interface Loader {
  readonly require: Require;
  readonly import: (specifier: unknown) => Promise<Namespace>;
  readonly enter: EsLoader['runScript'];
}

const { apply } = Reflect;

/** Creates Node's CommonJS loader, for the files that the host resolves, and with it the loader of ES modules. */
export function createLoader(host: LoaderHost, otherBuiltin: BuiltinRequire, scope: object): Loader {
  const cache: Record<string, Module> = { __proto__: null } as never;
  const extensions = { __proto__: null };
  let nodeModule: object | undefined;
  /** By package: `/modules/<name>@<version>`. */
  const fileSystems: Record<string, { readonly promises: object }> = { __proto__: null } as never;
  /** Stands for the script: packages read `module.parent` and `require.main` to know whether they are the program. */
  const main = new Module('', '/', undefined);
  main.id = '.';
  main.require = scriptRequire();
  let isNew: boolean | undefined;
  const namesWhole = (): boolean => (isNew ??= hasWholeName(JSON.parse(host.ask('facts')) as HostFacts));
  const esLoader = createEsLoader({ find, meta, namesWhole });
  return {
    require: main.require,
    async import(specifier) {
      const id = ''.concat(specifier as string);
      const found = find('', id);
      try {
        return await esLoader.importModule(found);
      } catch (error) {
        throw loadFailed(id, error);
      } finally {
        loaded();
      }
    },
    enter(parts) {
      try {
        return esLoader.runScript(parts);
      } finally {
        loaded();
      }
    },
  };

  function loaded(): void {
    host.ask('loaded');
  }

  /** The script's `require` wraps errors of a module; that of a package throws them as they are. */
  function scriptRequire(): Require {
    return complete(
      function require(id) {
        const found = ask('', id);
        try {
          return open(main, found);
        } catch (error) {
          throw loadFailed(id, error);
        } finally {
          loaded();
        }
      },
      (id) => ask('', id, 'resolve'),
    );
  }

  /**
   * Two builtins need the loader: `module`, and `fs`, of which each package has its own.
   * @param from key of the asking module
   */
  function builtin(name: string, from: string): unknown {
    if (name === 'module') return (nodeModule ??= createNodeModule(host, packageRequire));
    if (name !== 'fs' && name !== 'fs/promises') return otherBuiltin(name);
    const files = packageFiles(from);
    return name === 'fs' ? files : files.promises;
  }

  /** The `fs` of the package that a module belongs to. The host decides what it reads: see `runner/modules/own-files.ts`. */
  function packageFiles(from: string): { readonly promises: object } {
    const owner = packageOf(from);
    if (owner === undefined) return otherBuiltin('fs') as { readonly promises: object };
    return (fileSystems[owner] ??= (otherBuiltin('package-files') as MakePackageFiles)(
      otherBuiltin('fs'),
      (operation, path) => host.ask('file', from, operation, path),
    ));
  }

  function packageRequire(module: Module): Require {
    const resolve = (id: string) => ask(module.filename, id);
    return complete(function require(id) {
      return open(module, resolve(id));
    }, resolve);
  }

  function complete(require: (id: string) => unknown, resolve: (id: string) => string): Require {
    return Object.assign(require, {
      cache,
      main,
      extensions,
      resolve: Object.assign((id: string) => keyOf(resolve(id)), { paths: () => [] }),
    });
  }

  /** @throws the error for a module that is absent or forbidden, but not for one that is broken */
  function ask(from: string, id: unknown, way = 'require'): string {
    if (typeof id !== 'string') throw invalidArgument('id', 'of type string', id);
    const reply = host.ask('resolve', from, id, way);
    if (reply[0] === MARK.absent || reply[0] === MARK.forbidden) throw refusal(reply);
    return reply;
  }

  function open(parent: Module, reply: string): unknown {
    const key = keyOf(reply);
    if (reply[0] === MARK.builtin) return builtin(key, parent.filename);
    const known = cache[key];
    if (known === undefined) return load(parent, key).exports;
    if (!parent.children.includes(known)) parent.children.push(known);
    return known.exports;
  }

  function load(parent: Module, key: string): Module {
    const module = new Module(key, key.slice(0, key.lastIndexOf('/')), parent);
    module.require = packageRequire(module);
    parent.children.push(module);
    cache[key] = module;
    try {
      if (key.endsWith('.json')) module.exports = readJson(key);
      else evaluate(module);
      module.loaded = true;
    } finally {
      if (!module.loaded) {
        delete cache[key];
        parent.children.splice(parent.children.indexOf(module), 1);
      }
    }
    return module;
  }

  function evaluate(module: Module): void {
    const key = module.filename;
    const made = make(key);
    if (typeof made !== 'function') {
      module.exports = requireView(esLoader.requireModule(key, made));
      return;
    }
    const importModule = async (specifier: unknown) =>
      esLoader.importModule(find(key, ''.concat(specifier as string)));
    apply(made, module.exports, [module.exports, module.require, module, key, module.path, importModule]);
  }

  function make(key: string): Evaluate | EsModuleParts {
    const wrapper = host.load(key);
    if (typeof wrapper !== 'function') throw refusal(String(wrapper));
    return (wrapper as Wrapper)(scope);
  }

  function find(from: string, specifier: string): Found {
    const reply = ask(from, specifier, 'import');
    const key = keyOf(reply);
    if (reply[0] === MARK.builtin) {
      const ownKey = key.startsWith('fs') ? (packageOf(from) ?? '') : '';
      return { key: `node:${key}${ownKey}`, parts: () => undefined, exports: () => builtin(key, from) };
    }
    return {
      key,
      parts() {
        if (key.endsWith('.json')) return undefined;
        const made = make(key);
        return typeof made === 'function' ? undefined : made;
      },
      exports: () => open(main, reply),
    };
  }

  function meta(key: string): object {
    if (key === '') return { __proto__: null, ...SCRIPT_META };
    return {
      __proto__: null,
      dirname: key.slice(0, key.lastIndexOf('/')),
      filename: key,
      resolve: (id: string) => find(key, id).key.replace(/^\//, 'file:///'),
      url: `file://${encodeURI(key)}`,
    };
  }

  function readJson(key: string): unknown {
    const reply = host.ask('text', key);
    if (reply[0] !== MARK.found) throw refusal(reply);
    try {
      return JSON.parse(reply.slice(1));
    } catch (error) {
      if (error instanceof Error) error.message = `${key}: ${error.message}`;
      throw error;
    }
  }
}

function hasWholeName({ version }: HostFacts): boolean {
  return Number.parseInt(version.slice(1), 10) >= 23;
}

/** `/modules/<name>@<version>` for the key of a file of a package. */
function packageOf(key: string): string | undefined {
  return /^\/modules\/(?:@[^/]+\/)?[^/]+/.exec(key)?.[0];
}

function keyOf(reply: string): string {
  if (reply[0] === MARK.broken) throw refusal(reply);
  return reply.slice(1);
}
