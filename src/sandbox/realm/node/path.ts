import port from 'path-browserify';
import { invalidArgument } from '../../boundary/coded-errors.js';
import { PATH_FUNCTIONS, type PathFunction } from '../../boundary/node-functions.js';
import { defineReadOnly } from '../kit/define.js';
import { part } from '../kit/parts.js';

type AnyFunction = (...args: unknown[]) => unknown;
type Path = Record<string, unknown>;

/** Functions of `path.posix` that the port lacks, or has with a fault. */
const NOT_PORTED: ReadonlySet<PathFunction> = new Set(['format', 'matchesGlob', 'toNamespacedPath']);

/** How many parameters they have, where it is not one. */
const LENGTHS: Readonly<Partial<Record<string, number>>> = {
  __proto__: null as never,
  basename: 2,
  join: 0,
  matchesGlob: 2,
  relative: 2,
  resolve: 0,
};

/** Node's own function, for functions that are used too little to have them here. */
function nodes(kind: 'posix' | 'win32', name: PathFunction): AnyFunction {
  return {
    [name]: (...args: unknown[]) => part('native').call(`path.${kind}.${name}`, ...args),
  }[name] as AnyFunction;
}

/** The port's errors have no code. */
function checked(name: string): AnyFunction {
  const call = port[name] as AnyFunction;
  return {
    [name]: (...args: unknown[]) => {
      for (const arg of args)
        if (typeof arg !== 'string' && arg !== undefined)
          throw invalidArgument('path', 'of type string', arg);
      return call(...args);
    },
  }[name] as AnyFunction;
}

const posix: Path = { ...port };
const win32: Path = { sep: '\\', delimiter: ';' };
for (const name of PATH_FUNCTIONS) {
  posix[name] = NOT_PORTED.has(name) ? nodes('posix', name) : checked(name);
  win32[name] = nodes('win32', name);
  for (const path of [posix, win32]) defineReadOnly(path[name] as object, 'length', LENGTHS[name] ?? 1);
}
for (const path of [posix, win32]) Object.assign(path, { posix, win32 });

export default posix;
