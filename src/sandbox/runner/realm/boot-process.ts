import { Answer, isBuiltin } from './answer.js';
import { type Inspector, installConsole } from './console.js';
import { type Exports, installExports } from './exports.js';
import { guarded } from './guard.js';
import { type HostFunctions, hostFunctions } from './host-functions.js';
import type { Host } from './host.js';
import type { LinkedParts, ProcessRealm, Require, Told } from './process-host.js';
import { apply, defineGlobal, defineProperty, get, installed, ownKeys, parse } from './primordials.js';
import type { Modules } from './require.js';
import { setGlobals } from './globals.js';

const { getOwnPropertyDescriptor } = Reflect;
const { assign } = Object;

/**
 * The bootstrap of a process that runs one script in its own realm, beside everything that Node has there: console,
 * answers and host functions are those of a context, and everything else is Node's.
 */
export default function bootProcess(unguarded: Told, inspector: Inspector, require: Require): ProcessRealm {
  const host = guarded(unguarded as Host);
  const answer = new Answer(host, (value) => inspector.inspect(value));
  const gettersOfNode = rememberGlobals();
  let functions: HostFunctions | undefined;
  let exported: Exports | undefined;
  const exports = (): Exports => (exported ??= installExports(host, answer, () => LINKED));

  takeConsole(() => installConsole(host, () => inspector));
  defineGlobal('require', require);

  return {
    setGlobals,
    offer(names, yields) {
      answer.streams = yields;
      if (names === undefined) return;
      functions = hostFunctions(host);
      functions.install(parse(names) as string[]);
    },
    hostSettled(json) {
      functions?.hostSettled(json);
    },
    invoke: answer.invoke,
    threw: answer.threw,
    enter: (parts) => exports().enter(() => parts),
    giveExports: () => exports().giveExports(),
    exported: (name) => exported?.exported(name),
    isBuiltin(name, callee) {
      const getter = gettersOfNode[name];
      return isBuiltin(name, callee) || (getter !== undefined && apply(getter, globalThis, []) === callee);
    },
  };
}

/** Linked and evaluated by Node: there is nothing left to do. */
const LINKED = { enter: (parts: LinkedParts) => parts } as unknown as Modules;

/** Node's own functions among the globals are no functions of the script's; some are made on first use, by a getter. */
function rememberGlobals(): Record<string, (() => unknown) | undefined> {
  const getters = { __proto__: null } as never as Record<string, (() => unknown) | undefined>;
  for (const name of ownKeys(globalThis)) {
    if (typeof name !== 'string') continue;
    const { value, get: getter } = getOwnPropertyDescriptor(globalThis, name) ?? {};
    if (getter !== undefined) getters[name] = getter as () => unknown;
    else if (typeof value === 'function') installed[name] = value;
  }
  return getters;
}

/** The console stays Node's object, which `require('console')` gives too; what it writes goes elsewhere. */
function takeConsole(install: () => void): void {
  const ofNode: unknown = get(globalThis, 'console');
  install();
  assign(ofNode as object, get(globalThis, 'console'));
  defineProperty(globalThis, 'console', { value: ofNode });
}
