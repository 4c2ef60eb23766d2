import type { LoaderHost } from './host.js';
import { invalidArgument } from '../../boundary/coded-errors.js';
import { Module, type Require } from './module.js';

/** Creates the part of `node:module` that packages use: `createRequire` and the names of the builtins. */
export function createNodeModule(host: LoaderHost, requireOf: (module: Module) => Require): object {
  const builtinModules = JSON.parse(host.ask('builtins')) as string[];
  const known = new Set(builtinModules);

  class NodeModule extends Module {
    static readonly builtinModules = builtinModules;

    static isBuiltin(id: string): boolean {
      return known.has(id.startsWith('node:') ? id.slice('node:'.length) : id);
    }

    /** @param file a path or a `file:` URL: the value of `__filename` or `import.meta.url` */
    static createRequire(file: unknown): Require {
      const path = pathOf(file);
      return requireOf(new Module(path, path.slice(0, path.lastIndexOf('/')), undefined));
    }
  }
  return Object.assign(NodeModule, { Module: NodeModule, default: NodeModule });
}

function pathOf(file: unknown): string {
  const text = typeof file === 'object' && file !== null && 'href' in file ? file.href : file;
  if (typeof text !== 'string')
    throw invalidArgument('filename', 'a file URL object, file URL string, or absolute path string', file);
  return text.startsWith('file://') ? decodeURIComponent(text.slice('file://'.length)) : text;
}
