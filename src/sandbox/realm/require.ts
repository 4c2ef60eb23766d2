import { BUILTIN_GLOBALS, MODULE_SCOPE, TIMER_GLOBALS } from '../boundary/builtin-globals.js';
import { defineAccessor } from './kit/define.js';
import { createBuiltins } from './loader/builtins.js';
import type { Ask, Load } from '../boundary/realm-host.js';
import type { BuiltinRequire, RealmEnvironment } from './loader/environment.js';
import { textsOnly } from './loader/host.js';
import { type Loader, createLoader } from './loader/loader.js';
import { isNamespace } from './loader/namespace.js';

/** The modules of one context. */
export interface Modules extends Loader {
  /**
   * Returns this context's instance of a builtin, whatever the allowlist says: for the globals of the bootstrap and for
   * its console.
   */
  readonly builtin: BuiltinRequire;
}

/**
 * The module loader and builtins of a context. Evaluated on first use, when the script may have changed every builtin object:
 * code here keeps the host's functions in closures, calls them directly, and passes them only texts.
 */
export default function createModules(ask: Ask, load: Load, realm: RealmEnvironment): Modules {
  const host = textsOnly(ask, load);
  const builtin = createBuiltins(host, { ...realm, ask: host.ask, isNamespace });
  return { ...createLoader(host, builtin, createModuleScope(builtin)), builtin };
}

/** Creates the scope of modules: the names that they find without an import, each created when a module mentions it. */
function createModuleScope(builtin: BuiltinRequire): object {
  const scope = { __proto__: null };
  const builtins: Readonly<Record<string, string>> = { ...BUILTIN_GLOBALS, ...TIMER_GLOBALS };
  const valueOf = (name: (typeof MODULE_SCOPE)[number]): unknown => {
    if (name === 'global') return globalThis;
    if (name === 'process') return builtin('process');
    return (builtin(builtins[name] ?? '') as Record<string, unknown>)[name];
  };
  for (const name of MODULE_SCOPE) defineAccessor(scope, name, { get: () => valueOf(name) });
  return scope;
}
