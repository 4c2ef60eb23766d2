import { ResultReporter, isBuiltin } from './result-reporter.js';
import { type Inspector, createConsole } from './web/console.js';
import { type Exports, installExports } from './loader/exports.js';
import { guarded } from './kit/guard.js';
import { type HostFunctions, hostFunctions } from './host-functions.js';
import type { Host } from '../boundary/realm-host.js';
import type { LinkedParts, OwnRealm, Require, RealmCallbacks } from '../boundary/process-host.js';
import {
  String,
  contains,
  defineGlobal,
  get,
  getOwnPropertyDescriptor,
  globalObject,
  hasOwn,
  installed,
  ownKeys,
} from './kit/primordials.js';
import { define, defineAccessor } from './kit/define.js';
import { filterStackTraces, startsWith } from './stack-traces.js';
import type { Modules } from './require.js';
import { ClientGlobals } from './client-globals.js';

const { assign, getPrototypeOf } = Object;

/**
 * The bootstrap of a runner process at level `process`, whose realm the script shares with Node. Console, results and client
 * functions are those of a context; everything else is Node's.
 * @param folder of the runner's program, with a slash at its end
 */
export default function bootProcess(
  unguarded: RealmCallbacks,
  inspector: Inspector,
  require: Require,
  folder: string,
): OwnRealm {
  const host = guarded(unguarded as Host);
  filterStackTraces({
    ownerOf: (file) =>
      startsWith(file, 'javascriptd:') || contains(file, folder)
        ? 'service'
        : startsWith(file, 'node:')
          ? 'node'
          : 'script',
    showsCode: isNodeError,
  });
  const reporter = new ResultReporter(host, (value) => inspector.inspect(value));
  let functions: HostFunctions | undefined;
  let exported: Exports | undefined;
  const exports = (): Exports => (exported ??= installExports(host, reporter, () => LINKED));

  // The console stays Node's object, since `require('console')` returns it; only its methods are replaced.
  assign(get(globalObject, 'console') as object, createConsole(host, () => inspector).console);
  makeReplaceable();
  defineGlobal('require', require);

  return {
    setGlobals: (json) => new ClientGlobals().set(json, false),
    offer(names, yields) {
      reporter.streams = yields;
      if (names === undefined) return;
      functions = hostFunctions(host);
      functions.offer(names);
    },
    hostSettled(json) {
      functions?.hostSettled(json);
    },
    invoke: reporter.invoke,
    threw: reporter.threw,
    enter: (parts) => exports().enter(() => parts),
    giveExports() {
      exports().giveExports();
      require.main = exports().main();
    },
    exported: (name) => exported?.exported(name),
    exportedNames: () => exported?.exportedNames() ?? '',
    isBuiltin,
    // Only this one: Node creates many of its globals when they are first read.
    remember(name) {
      if (hasOwn(globalObject, name)) installed[name] = get(globalObject, name);
    },
  };
}

/** Node has globals without a setter (`crypto`, `navigator`): a `var` of the same name would not take effect. */
function makeReplaceable(): void {
  const names = ownKeys(globalObject);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const descriptor = getOwnPropertyDescriptor(globalObject, name);
    if (descriptor?.get === undefined || descriptor.set !== undefined || descriptor.configurable !== true)
      continue;
    const set = (value: unknown): void => define(globalObject, name, value);
    defineAccessor(globalObject, name, { get: descriptor.get, set }, descriptor.enumerable);
  }
}

/** Node marks the prototypes of its errors with a symbol that it does not give away. */
function isNodeError(error: object): boolean {
  const prototype = getPrototypeOf(error);
  if (prototype === null) return false;
  const keys = ownKeys(prototype);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (typeof key === 'symbol' && String(key) === 'Symbol(kIsNodeError)') return true;
  }
  return false;
}

/** Node links and evaluates the script; the loader here does nothing. */
const LINKED = { enter: (parts: LinkedParts) => parts } as unknown as Modules;
