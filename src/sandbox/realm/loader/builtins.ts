import type { BuiltinEnvironment, BuiltinRequire } from './environment.js';
import type { LoaderHost } from './host.js';
import { type Shape, stubModule } from './stub-module.js';

type MakeBuiltin = (require: BuiltinRequire, environment: BuiltinEnvironment) => unknown;

/** Subpaths that are not a property of their parent, and the builtins that implement them. */
const SUBPATHS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  'stream/consumers': 'stream-consumers',
  'stream/web': 'web-streams',
};

/** Creates this context's own instances of Node's builtins, each at its first use. */
export function createBuiltins(
  host: LoaderHost,
  realm: Omit<BuiltinEnvironment, 'onBuiltin'>,
): BuiltinRequire {
  const made: Record<string, unknown> = { __proto__: null };
  const listeners: { readonly name: string; readonly created: () => void }[] = [];
  const environment: BuiltinEnvironment = {
    ...realm,
    onBuiltin(name, created) {
      if (name in made) created();
      else listeners.push({ name, created });
    },
  };

  function builtin(name: string): unknown {
    if (name in made) return made[name];
    made[name] = make(name);
    for (const listener of listeners) if (listener.name === name) listener.created();
    return made[name];
  }

  function make(name: string): unknown {
    const subpath = SUBPATHS[name];
    if (subpath !== undefined) return builtin(subpath);
    const slash = name.indexOf('/');
    if (slash !== -1) {
      const parent = builtin(name.slice(0, slash)) as Record<string, unknown>;
      const key = name.slice(slash + 1);
      if (Object.hasOwn(parent, key)) return parent[key];
    }
    const makeBuiltin = host.load(`node:${name}`);
    if (typeof makeBuiltin === 'function') return (makeBuiltin as MakeBuiltin)(builtin, environment);
    const shape = host.ask('shape', name);
    return stubModule(name, shape === '' ? {} : (JSON.parse(shape) as Shape), builtin);
  }

  return builtin;
}
