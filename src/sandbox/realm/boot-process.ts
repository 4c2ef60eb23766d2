import { ResultReporter, isBuiltin } from './result-reporter.js';
import { type Inspector, createConsole } from './web/console.js';
import { type Exports, installExports } from './loader/exports.js';
import { guarded } from './kit/guard.js';
import { type HostFunctions, hostFunctions } from './host-functions.js';
import type { Host } from '../boundary/realm-host.js';
import type { LinkedParts, OwnRealm, Require, RealmCallbacks } from '../boundary/process-host.js';
import { defineGlobal, get, globalObject, hasOwn, installed } from './kit/primordials.js';
import type { Modules } from './require.js';
import { ClientGlobals } from './client-globals.js';

const { assign } = Object;

/**
 * The bootstrap of a runner process at level `process`, whose realm the script shares with Node. Console, results and client
 * functions are those of a context; everything else is Node's.
 */
export default function bootProcess(
  unguarded: RealmCallbacks,
  inspector: Inspector,
  require: Require,
): OwnRealm {
  const host = guarded(unguarded as Host);
  const reporter = new ResultReporter(host, (value) => inspector.inspect(value));
  let functions: HostFunctions | undefined;
  let exported: Exports | undefined;
  const exports = (): Exports => (exported ??= installExports(host, reporter, () => LINKED));

  // The console stays Node's object, since `require('console')` returns it; only its methods are replaced.
  assign(get(globalObject, 'console') as object, createConsole(host, () => inspector).console);
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
    exportedNames: () => exported?.exportedNames() ?? '[]',
    isBuiltin,
    // Only this one: Node creates many of its globals when they are first read.
    remember(name) {
      if (hasOwn(globalObject, name)) installed[name] = get(globalObject, name);
    },
  };
}

/** Node links and evaluates the script; the loader here does nothing. */
const LINKED = { enter: (parts: LinkedParts) => parts } as unknown as Modules;
