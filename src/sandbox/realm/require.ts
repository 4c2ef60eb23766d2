import { createBuiltins } from './loader/builtins.js';
import type { Ask, Load } from '../boundary/realm-host.js';
import type { BuiltinRequire, RealmEnvironment } from './loader/environment.js';
import { guardHost } from './loader/host.js';
import { type Loader, createLoader } from './loader/loader.js';
import { createSurroundings } from './loader/surroundings.js';

/** The modules of one context. */
export interface Modules extends Loader {
  /**
   * This context's instance of a builtin, whatever the allowlist says: for the bootstrap's own globals
   * (`buffer`, `url`, `timers`, `text-coding`) and its console (`inspect`).
   */
  readonly builtin: BuiltinRequire;
}

/**
 * Evaluated on first use, when the script may have changed every built-in object: what runs here must keep
 * the host's functions in closures, call them directly, and give them texts only.
 */
export default function createModules(ask: Ask, load: Load, realm: RealmEnvironment): Modules {
  const host = guardHost(ask, load);
  const builtin = createBuiltins(host, { ...realm, ask: host.ask });
  return { ...createLoader(host, builtin, createSurroundings(builtin)), builtin };
}
