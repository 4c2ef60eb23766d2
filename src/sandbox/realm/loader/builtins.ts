import type { BuiltinEnvironment, BuiltinRequire } from './environment.js';
import type { Host } from './host.js';
import { inertModule, type Shape } from './inert.js';

type MakeBuiltin = (require: BuiltinRequire, environment: BuiltinEnvironment) => unknown;

/** Subpaths that are no property of their parent, and the builtins that they are. */
const SUBPATHS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  'stream/consumers': 'stream-consumers',
  'stream/web': 'web-streams',
};

/** Makes this context's own instances of Node's builtins, each when it is first asked for. */
export function createBuiltins(host: Host, given: Omit<BuiltinEnvironment, 'onBuiltin'>): BuiltinRequire {
  const made: Record<string, unknown> = { __proto__: null };
  const awaited: { readonly name: string; readonly tell: () => void }[] = [];
  const environment: BuiltinEnvironment = {
    ...given,
    onBuiltin(name, tell) {
      if (name in made) tell();
      else awaited.push({ name, tell });
    },
  };

  function builtin(name: string): unknown {
    if (name in made) return made[name];
    made[name] = make(name);
    for (const one of awaited) if (one.name === name) one.tell();
    return made[name];
  }

  function make(name: string): unknown {
    const own = SUBPATHS[name];
    if (own !== undefined) return builtin(own);
    const slash = name.indexOf('/');
    if (slash !== -1) {
      const parent = builtin(name.slice(0, slash)) as Record<string, unknown>;
      const part = name.slice(slash + 1);
      if (Object.hasOwn(parent, part)) return parent[part];
    }
    const makeBuiltin = host.load(`node:${name}`);
    if (typeof makeBuiltin === 'function') return (makeBuiltin as MakeBuiltin)(builtin, environment);
    const shape = host.ask('shape', name);
    return inertModule(name, shape === '' ? {} : (JSON.parse(shape) as Shape), builtin);
  }

  return builtin;
}
