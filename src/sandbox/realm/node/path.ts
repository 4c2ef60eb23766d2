import port from 'path-browserify';
import { invalidArgument } from '../../boundary/module-errors.js';

type AnyFunction = (...args: unknown[]) => unknown;
type Path = Record<string, unknown>;

const FUNCTIONS = [
  'basename',
  'dirname',
  'extname',
  'format',
  'isAbsolute',
  'join',
  'normalize',
  'parse',
  'relative',
  'resolve',
] as const;

/** Node's own function, for what is used too little to have it here. */
function nodes(kind: 'posix' | 'win32', name: string): AnyFunction {
  return {
    [name]: (...args: unknown[]) => {
      const { call } = require('native') as { call: AnyFunction };
      return call(`path.${kind}.${name}`, ...args);
    },
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
for (const name of FUNCTIONS) if (name !== 'format') posix[name] = checked(name);
const win32: Path = { sep: '\\', delimiter: ';' };
for (const name of FUNCTIONS) win32[name] = nodes('win32', name);
for (const name of ['toNamespacedPath', 'matchesGlob']) {
  posix[name] = nodes('posix', name);
  win32[name] = nodes('win32', name);
}
posix['format'] = nodes('posix', 'format');
for (const path of [posix, win32]) Object.assign(path, { posix, win32 });

export default posix;
