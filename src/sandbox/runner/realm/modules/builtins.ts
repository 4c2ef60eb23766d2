import type { BuiltinEnvironment, BuiltinRequire } from './environment.js';
import type { Host } from './host.js';
import { inertModule, type Shape } from './inert.js';

type MakeBuiltin = (require: BuiltinRequire, environment: BuiltinEnvironment) => unknown;

/** Makes this context's own instances of Node's builtins, each when it is first asked for. */
export function createBuiltins(host: Host, environment: BuiltinEnvironment): BuiltinRequire {
  const made: Record<string, unknown> = { __proto__: null };

  function builtin(name: string): unknown {
    if (name in made) return made[name];
    return (made[name] = make(name));
  }

  function make(name: string): unknown {
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
