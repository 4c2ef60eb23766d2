import { type ResultReporter, isBuiltin } from '../result-reporter.js';
import type { GuardedHost } from '../kit/guard.js';
import type { Realm } from '../../boundary/realm-host.js';
import type { EsModuleParts } from './es-module.js';
import { MAX_FUNCTION_NAME, MAX_FUNCTION_NAMES } from '../../boundary/call-facts.js';
import { apply, defineGlobal, get, hasOwn, globalObject, ownKeys, slice } from '../kit/primordials.js';
import type { Modules } from '../require.js';

export interface Exports extends Pick<Realm, 'enter' | 'exported' | 'exportedNames' | 'giveExports'> {
  /** The script's `module`: it is the program, `require.main`. Undefined for a script that has none. */
  main(): object | undefined;
}

/** Handles the exports of a script, as a module or through `module.exports`. */
export function installExports(host: GuardedHost, reporter: ResultReporter, modules: () => Modules): Exports {
  let exported: () => unknown = nothing;
  let main: object | undefined;

  async function followed(ended: Promise<void>): Promise<void> {
    try {
      await ended;
    } catch (error) {
      return reporter.threw(error);
    }
    host('entered')();
  }

  return {
    enter(make: unknown): void {
      try {
        const entered = modules().enter((make as (scope: object) => EsModuleParts)({}));
        exported = () => entered.namespace;
        if (entered.ended !== undefined) return void followed(entered.ended);
      } catch (error) {
        return reporter.threw(error);
      }
      host('entered')();
    },
    giveExports(): void {
      const module = { exports: {}, id: '.', loaded: false, children: [], paths: [] };
      exported = () => module.exports;
      if (hasOwn(globalObject, 'module') || hasOwn(globalObject, 'exports')) return;
      defineGlobal('module', module);
      defineGlobal('exports', module.exports);
      main = module;
    },
    main: () => main,
    exported(name: string | undefined): unknown {
      try {
        const all = exported();
        if (name === undefined) return typeof all === 'function' ? all : member(all, 'default');
        return member(all, name) ?? namesake(typeof all === 'function' ? all : member(all, 'default'), name);
      } catch (error) {
        reporter.threw(error);
        return undefined;
      }
    },
    exportedNames(): string {
      try {
        return functionNames(exported());
      } catch {
        return '';
      }
    },
  };
}

/** Names of functions of an object, with NUL between them. No JSON: every object of the script may have a `toJSON`. */
function functionNames(of: unknown): string {
  if (of === null || (typeof of !== 'object' && typeof of !== 'function')) return '';
  const keys = ownKeys(of);
  let names = '';
  let count = 0;
  for (let i = 0; i < keys.length && count < MAX_FUNCTION_NAMES; i++) {
    const key = keys[i] as string | symbol;
    if (typeof key !== 'string' || typeof get(of, key) !== 'function') continue;
    names += (count === 0 ? '' : '\0') + apply(slice, key, [0, MAX_FUNCTION_NAME]);
    count += 1;
  }
  return names;
}

function nothing(): void {}

/** The only function that a module exports, if its own name is the name that is asked for. */
function namesake(value: unknown, name: string): unknown {
  return typeof value === 'function' && get(value, 'name') === name ? value : undefined;
}

/** A method of an object or of its class, but not of every object. */
function member(of: unknown, name: string): unknown {
  if (of === null || (typeof of !== 'object' && typeof of !== 'function')) return undefined;
  const value: unknown = get(of, name);
  if (typeof value !== 'function') return undefined;
  return hasOwn(of, name) || !isBuiltin(name, value) ? value : undefined;
}
