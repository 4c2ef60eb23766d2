import { MARK } from '../../boundary/module-answer.js';
import type { BuiltinRequire } from './environment.js';
import { invalidArgument, loadFailed, refusal } from '../../boundary/module-errors.js';
import { type EsLoader, type Found, createEsLoader } from './es-loader.js';
import type { EsModuleParts } from './es-module.js';
import type { Host } from './host.js';
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
type Wrapper = (surroundings: object) => Evaluate | EsModuleParts;

/** The ways to modules that a script has. */
export interface Loader {
  readonly require: Require;
  readonly import: (specifier: unknown) => Promise<Namespace>;
  readonly enter: EsLoader['entered'];
}

const { apply } = Reflect;

/** Node's CommonJS loader over what the host resolves, and with it the one of ES modules. */
export function createLoader(host: Host, otherBuiltin: BuiltinRequire, surroundings: object): Loader {
  const cache: Record<string, Module> = { __proto__: null } as never;
  const extensions = { __proto__: null };
  let nodeModule: object | undefined;
  /** Stands for the script: packages ask `module.parent` and `require.main` whether they are the program. */
  const main = new Module('', '/', undefined);
  main.id = '.';
  main.require = scriptRequire();
  const esLoader = createEsLoader({ find, meta });
  return {
    require: main.require,
    async import(specifier) {
      const id = ''.concat(specifier as string);
      const found = find('', id);
      try {
        return await esLoader.imported(found);
      } catch (error) {
        throw loadFailed(id, error);
      }
    },
    enter: esLoader.entered,
  };

  /** Errors are told apart for the script; between packages they are thrown as they are. */
  function scriptRequire(): Require {
    return complete(
      function require(id) {
        const answer = ask('', id);
        try {
          return open(main, answer);
        } catch (error) {
          throw loadFailed(id, error);
        }
      },
      (id) => ask('', id),
    );
  }

  /** All but one know nothing of a loader. */
  function builtin(name: string): unknown {
    return name === 'module' ? (nodeModule ??= createNodeModule(host, packageRequire)) : otherBuiltin(name);
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

  /** @throws the error for a module that is absent or forbidden, not for one that is broken */
  function ask(from: string, id: unknown, way = 'require'): string {
    if (typeof id !== 'string') throw invalidArgument('id', 'of type string', id);
    const answer = host.ask('resolve', from, id, way);
    if (answer[0] === MARK.absent || answer[0] === MARK.forbidden) throw refusal(answer);
    return answer;
  }

  function open(parent: Module, answer: string): unknown {
    const key = keyOf(answer);
    if (answer[0] === MARK.builtin) return builtin(key);
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
      module.exports = requireView(esLoader.required(key, made));
      return;
    }
    const importModule = async (specifier: unknown) =>
      esLoader.imported(find(key, ''.concat(specifier as string)));
    apply(made, module.exports, [module.exports, module.require, module, key, module.path, importModule]);
  }

  function make(key: string): Evaluate | EsModuleParts {
    const wrapper = host.load(key);
    if (typeof wrapper !== 'function') throw refusal(String(wrapper));
    return (wrapper as Wrapper)(surroundings);
  }

  function find(from: string, specifier: string): Found {
    const answer = ask(from, specifier, 'import');
    const key = keyOf(answer);
    if (answer[0] === MARK.builtin)
      return { key: `node:${key}`, parts: () => undefined, exports: () => builtin(key) };
    return {
      key,
      parts() {
        if (key.endsWith('.json')) return undefined;
        const made = make(key);
        return typeof made === 'function' ? undefined : made;
      },
      exports: () => open(main, answer),
    };
  }

  function meta(key: string): object {
    if (key === '')
      return { __proto__: null, url: 'file:///script.js', filename: '/script.js', dirname: '/' };
    return {
      __proto__: null,
      dirname: key.slice(0, key.lastIndexOf('/')),
      filename: key,
      resolve: (id: string) => find(key, id).key.replace(/^\//, 'file:///'),
      url: `file://${encodeURI(key)}`,
    };
  }

  function readJson(key: string): unknown {
    const answer = host.ask('text', key);
    if (answer[0] !== MARK.found) throw refusal(answer);
    try {
      return JSON.parse(answer.slice(1));
    } catch (error) {
      if (error instanceof Error) error.message = `${key}: ${error.message}`;
      throw error;
    }
  }
}

function keyOf(answer: string): string {
  if (answer[0] === MARK.broken) throw refusal(answer);
  return answer.slice(1);
}
