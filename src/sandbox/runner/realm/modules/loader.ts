import { MARK } from '../../modules/answer.js';
import type { BuiltinRequire } from './environment.js';
import { invalidArgument, loadFailed, refusal } from './errors.js';
import type { Host } from './host.js';
import { Module, type Require } from './module.js';

type Evaluate = (
  exports: unknown,
  require: Require,
  module: Module,
  filename: string,
  dirname: string,
) => void;
type Wrapper = (surroundings: object) => Evaluate;

const { apply } = Reflect;

/** Node's CommonJS loader over what the host resolves. Returns the script's own `require`. */
export function createLoader(host: Host, builtin: BuiltinRequire, surroundings: object): Require {
  const cache: Record<string, Module> = { __proto__: null } as never;
  const extensions = { __proto__: null };
  /** Stands for the script: packages ask `module.parent` and `require.main` whether they are the program. */
  const main = new Module('', '/', undefined);
  main.id = '.';
  main.require = scriptRequire();
  return main.require;

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
  function ask(from: string, id: unknown): string {
    if (typeof id !== 'string') throw invalidArgument('id', 'of type string', id);
    const answer = host.ask('resolve', from, id);
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
    const wrapper = host.load(module.filename);
    if (typeof wrapper !== 'function') throw refusal(String(wrapper));
    const run = (wrapper as Wrapper)(surroundings);
    apply(run, module.exports, [module.exports, module.require, module, module.filename, module.path]);
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
