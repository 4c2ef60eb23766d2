import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { InstalledPackage } from '../../boundary/messages.js';
import { Allowlist, type AllowlistSource } from '../../boundary/allowlist.js';
import { stackName } from '../modules/key.js';
import { PackageFiles } from '../modules/file-system.js';
import { ModuleError } from '../modules/module-error.js';
import type { ImportKind } from '../modules/package-exports.js';
import { PackageJsons } from '../modules/package-json.js';
import { PackageTree } from '../modules/package-tree.js';
import { Resolver, type Resolution } from '../modules/resolver.js';
import { resolveForScript } from '../modules/script-requires.js';
import { coded, loadFailed } from '../../boundary/coded-errors.js';
import { ownFrames } from '../script/thrown.js';
import { ADDONS_OFF } from './process-object.js';
import { commonJsModule } from './synthetic-module.js';

/** This program is one file. */
const OWN_FILE = fileURLToPath(import.meta.url);

export const nodeRequire = createRequire('/script.js');

/** `(/path/file.js:1:2)`, `file:///path/file.mjs:1:2`: where a frame of a package is. */
const FRAME_PLACE = /(\(|at )(?:file:\/\/)?(\/[^\n]*?)(:\d+:\d+\)?)$/gm;

/**
 * Node's own modules, and packages as Node loads them. What a script may ask for is decided as in a context; what
 * packages load then is between Node and the operating system.
 */
export class NodeModules {
  readonly #tree: PackageTree;
  readonly #resolver: Resolver;
  #allowlist = new Allowlist([]);
  #addonRefused = false;
  readonly #loaded = new Set<string>();
  #isLoading = false;

  /**
   * @param beforeFirst called before anything of Node's, or any package, is given
   * @param onLoading hears when the load of a package begins, and when it has ended
   */
  constructor(
    packages: readonly InstalledPackage[],
    private readonly beforeFirst: () => void,
    private readonly onLoading: (begins: boolean) => void,
  ) {
    // Its `require` asks nobody.
    Reflect.deleteProperty(nodeRequire.cache, OWN_FILE);
    const mayRead = (path: string): boolean => this.#tree.contains(path);
    const files = new PackageFiles(mayRead);
    const manifests = new PackageJsons(files, mayRead);
    this.#tree = new PackageTree(packages, (dir) => manifests.versionOf(dir));
    this.#resolver = new Resolver(this.#tree, manifests, files);
  }

  /** The script's own. */
  readonly require = Object.assign(
    plain((id) => {
      const found = this.#found(id, 'require');
      this.#begin(found.id);
      try {
        return nodeRequire(found.id);
      } catch (error) {
        throw this.#failed(String(id), error);
      } finally {
        this.#end();
      }
    }),
    {
      resolve: Object.assign((id: unknown) => this.#found(id, 'require').shown, { paths: () => [] }),
      cache: nodeRequire.cache,
      extensions: nodeRequire.extensions,
      main: undefined,
    },
  );

  /** The script's `import()`: a namespace of Node's, or a module that stands for one. */
  readonly import = async (specifier: unknown): Promise<object> => {
    const id = ''.concat(specifier as string);
    const found = this.#found(id, 'import');
    this.#begin(found.id);
    try {
      const namespace = (await import(found.url)) as { readonly default?: unknown };
      return nodeRequire.cache[found.id] === undefined ? namespace : await commonJsModule(namespace.default);
    } catch (error) {
      throw this.#failed(id, error);
    } finally {
      this.#end();
    }
  };

  readonly resolveImport = (specifier: unknown): string => this.#found(specifier, 'import').url;

  /** A builtin that the script may have; undefined for every other. */
  readonly builtin = (name: string): unknown => {
    try {
      const resolution = this.#resolved(name, 'require');
      return resolution.kind === 'builtin' ? nodeRequire(`node:${resolution.name}`) : undefined;
    } catch {
      return undefined;
    }
  };

  /** Packages with add-ons say in many ways that there is none; the script is told why. */
  readonly refuseAddon = (): void => {
    this.#addonRefused = true;
  };

  allow(modules: readonly string[], source?: AllowlistSource): void {
    this.#allowlist = new Allowlist(modules, source);
  }

  /** A stack with the names of packages, and not the paths of their files. */
  named(stack: string): string {
    return stack.replaceAll(FRAME_PLACE, (frame, before: string, path: string, after: string) => {
      if (path === OWN_FILE) return `${before}javascriptd:runner${after}`;
      const key = this.#tree.keyOf(path);
      return key === undefined ? frame : `${before}${stackName(key)}${after}`;
    });
  }

  /** The frames of a stack that are the script's own or a package's, each with a line feed before it. */
  ownFrames(stack: string): string {
    return ownFrames(this.named(stack)).replace(/^[^\n]*/, '');
  }

  /** @param id a path, or `node:` and the name of a builtin */
  #begin(id: string): void {
    if (this.#isLoading || this.#loaded.has(id) || !id.startsWith('/')) return;
    this.#loaded.add(id);
    this.#isLoading = true;
    this.onLoading(true);
  }

  #end(): void {
    if (!this.#isLoading) return;
    this.#isLoading = false;
    this.onLoading(false);
  }

  #failed(id: string, cause: unknown): Error {
    const error = loadFailed(id, cause);
    if (this.#addonRefused && !error.message.endsWith(ADDONS_OFF)) error.message += ` (${ADDONS_OFF})`;
    return error;
  }

  #found(
    id: unknown,
    importKind: ImportKind,
  ): { readonly id: string; readonly url: string; readonly shown: string } {
    // Node says what it takes.
    if (typeof id !== 'string') throw nodeRequire(id as string);
    const resolution = this.#resolved(id, importKind);
    if (resolution.kind === 'file') {
      const { path } = resolution;
      return { id: path, url: pathToFileURL(path).href, shown: path };
    }
    const url = `node:${resolution.name}`;
    return { id: url, url, shown: id };
  }

  /** @throws Error that names what is absent, or not allowed */
  #resolved(id: string, importKind: ImportKind): Resolution {
    this.beforeFirst();
    try {
      return resolveForScript(id, this.#allowlist, this.#tree, this.#resolver, importKind, 'own');
    } catch (error) {
      if (!(error instanceof ModuleError)) throw error;
      const message = error.describe((path) => this.#tree.keyOf(path) ?? '(a file outside the packages)');
      throw coded(new Error(message), error.code);
    }
  }
}

/** Not an arrow, since the original's README calls `new require("github")()`. */
function plain(call: (id: unknown) => unknown): (id: unknown) => unknown {
  return function require(id) {
    return call(id);
  };
}
