import { Answer, isBuiltin } from './answer.js';
import { type Inspector, createConsole } from './web/console.js';
import { type Exports, installExports } from './loader/exports.js';
import { guarded } from './kit/guard.js';
import { type HostFunctions, hostFunctions } from './host-functions.js';
import type { Host } from '../boundary/realm-host.js';
import type { LinkedParts, OwnRealm, Require, Told } from '../boundary/process-host.js';
import { defineGlobal, get, globalObject, hasOwn, installed } from './kit/primordials.js';
import type { Modules } from './require.js';
import { GivenGlobals } from './given-globals.js';

const { assign } = Object;

/**
 * The bootstrap of a process that runs one script in its own realm, beside everything that Node has there: console,
 * answers and host functions are those of a context, and everything else is Node's.
 */
export default function bootProcess(unguarded: Told, inspector: Inspector, require: Require): OwnRealm {
  const host = guarded(unguarded as Host);
  const answer = new Answer(host, (value) => inspector.inspect(value));
  let functions: HostFunctions | undefined;
  let exported: Exports | undefined;
  const exports = (): Exports => (exported ??= installExports(host, answer, () => LINKED));

  // The console stays Node's object, which `require('console')` gives too; what it writes goes elsewhere.
  assign(get(globalObject, 'console') as object, createConsole(host, () => inspector).console);
  defineGlobal('require', require);

  return {
    setGlobals: (json) => new GivenGlobals().set(json, false),
    offer(names, yields) {
      answer.streams = yields;
      if (names === undefined) return;
      functions = hostFunctions(host);
      functions.offer(names);
    },
    hostSettled(json) {
      functions?.hostSettled(json);
    },
    invoke: answer.invoke,
    threw: answer.threw,
    enter: (parts) => exports().enter(() => parts),
    giveExports: () => exports().giveExports(),
    exported: (name) => exported?.exported(name),
    isBuiltin,
    // One only: Node makes many of its globals when they are first looked at.
    remember(name) {
      if (hasOwn(globalObject, name)) installed[name] = get(globalObject, name);
    },
  };
}

/** Linked and evaluated by Node: there is nothing left to do. */
const LINKED = { enter: (parts: LinkedParts) => parts } as unknown as Modules;
