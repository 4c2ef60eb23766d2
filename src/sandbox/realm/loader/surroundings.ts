import type { BuiltinRequire } from './environment.js';
import { BUILTIN_GLOBALS, TIMER_GLOBALS } from '../../boundary/builtin-globals.js';

/** The names that modules find around them; each is made when a module that mentions it is loaded. */
export function createSurroundings(builtin: BuiltinRequire): object {
  const surroundings = {
    __proto__: null,
    get global() {
      return globalThis;
    },
    get process() {
      return builtin('process');
    },
  };
  for (const [name, from] of Object.entries({ ...BUILTIN_GLOBALS, ...TIMER_GLOBALS })) {
    const get = () => (builtin(from) as Record<string, unknown>)[name];
    Object.defineProperty(surroundings, name, { get });
  }
  return surroundings;
}
