import { join } from 'node:path';
import { builtinName } from './builtin-name.js';
import { MODULE_CODES } from '../../boundary/coded-errors.js';
import { folderOf, lastName } from './file-path.js';
import type { Found, PackageFiles } from './file-system.js';
import { ModuleError } from './module-error.js';
import { isPath, parseBareId, pathOfUrl, type BareId } from './module-id.js';
import { type ImportKind, exportsTarget, importsTarget } from './package-exports.js';
import type { PackageJson, PackageJsons } from './package-json.js';
import type { PackageTree } from './package-tree.js';

/** Tried in this order. */
const ENDINGS = ['', '.js', '.json', '.node', '.cjs'] as const;

/** `./` or any number of `../`, and then names that do not begin with a dot, without an empty one. */
const PLAIN_ID = /^(?:\.\/)?((?:\.\.\/)*)([^./\\][^/\\]*(?:\/[^./\\][^/\\]*)*)$/;

export type Resolution =
  { readonly kind: 'builtin'; readonly name: string } | { readonly kind: 'file'; readonly path: string };

/**
 * Node's CommonJS resolution, with the conditions of `require` or of `import`, kept inside the folders of the tree. Every path
 * that it returns is a real one. An `import` may leave an extension out, which Node does not allow.
 */
export class Resolver {
  constructor(
    private readonly tree: PackageTree,
    private readonly manifests: PackageJsons,
    private readonly files: PackageFiles,
  ) {}

  /**
   * What a file of a package means by an id.
   * @throws ModuleError
   */
  fromFile(file: string, id: string, importKind: ImportKind): Resolution {
    // Browserify's package of this name gives the global of plain Node, which is no global here.
    const name = id === 'process/' ? 'process' : builtinName(id);
    if (name !== undefined) return { kind: 'builtin', name };
    if (id.startsWith('#')) return this.#fromImports(file, id, importKind);
    const place = pathOfUrl(id) ?? id;
    const path = isPath(place) ? this.#fromPath(file, place) : this.#fromName(file, id, importKind);
    if (path !== undefined) return { kind: 'file', path };
    throw notFound(id, (nameOf) => `\nrequired by ${nameOf(file)}`);
  }

  /**
   * A file of a package in the operator's table.
   * @returns undefined when the package is not installed, or has no such file
   * @throws ModuleError
   */
  installed(bare: BareId, importKind: ImportKind): string | undefined {
    const known = this.tree.installed.get(bare.name);
    return known === undefined ? undefined : this.#inPackage(known.dir, bare, importKind);
  }

  /** The name that a package gives itself, whatever it is installed as. */
  ownNameOf(dir: string): string | undefined {
    try {
      return this.manifests.of(dir)?.name;
    } catch (error) {
      if (error instanceof ModuleError) return undefined;
      throw error;
    }
  }

  /** The package.json that says what kind of file this is: the nearest one, up to the package's own. */
  scopeOf(file: string): PackageJson | undefined {
    return this.#scope(file)?.manifest;
  }

  #scope(file: string): { dir: string; manifest: PackageJson } | undefined {
    const owner = this.tree.ownerOf(file);
    if (owner === undefined) return undefined;
    for (let dir = folderOf(file); ; dir = folderOf(dir)) {
      const manifest = this.manifests.of(dir);
      if (manifest !== undefined) return { dir, manifest };
      if (dir.length <= owner.dir.length) return undefined;
    }
  }

  #fromPath(file: string, id: string): string | undefined {
    const path = id.startsWith('/') ? this.tree.pathOf(id) : beside(file, id);
    return path === undefined ? undefined : this.#fileOrFolder(path, /(?:^|\/)\.{0,2}$/.test(id));
  }

  #fromName(file: string, id: string, importKind: ImportKind): string | undefined {
    const bare = parseBareId(id);
    if (bare === undefined) return undefined;
    return (
      this.#fromSelf(file, bare, importKind) ??
      this.#nearest(file, bare, importKind) ??
      this.installed(bare, importKind)
    );
  }

  #fromImports(file: string, id: string, importKind: ImportKind): Resolution {
    const scope = this.#scope(file);
    const target = importsTarget(scope?.manifest.imports, id, scope?.manifest.name ?? '', importKind);
    if (scope === undefined || !target.startsWith('./')) return this.fromFile(file, target, importKind);
    return { kind: 'file', path: this.#exactly(join(scope.dir, target)) };
  }

  #fromSelf(file: string, bare: BareId, importKind: ImportKind): string | undefined {
    const scope = this.#scope(file);
    if (scope?.manifest.name !== bare.name || scope.manifest.exports === undefined) return undefined;
    return this.#inPackage(scope.dir, bare, importKind);
  }

  /** Through the `node_modules` folders above a file, as far as the installed root that holds it. */
  #nearest(file: string, bare: BareId, importKind: ImportKind): string | undefined {
    for (let dir = folderOf(file); ; dir = folderOf(dir)) {
      const folder = lastName(dir) === 'node_modules' ? undefined : join(dir, 'node_modules', bare.name);
      const found =
        folder !== undefined && this.tree.contains(folder)
          ? this.#inFolder(folder, bare, importKind)
          : undefined;
      if (found !== undefined) return found;
      if (dir === folderOf(dir)) return undefined;
    }
  }

  #inFolder(folder: string, bare: BareId, importKind: ImportKind): string | undefined {
    const found = this.files.at(folder);
    return found?.kind === 'folder'
      ? this.#inPackage(this.#inside(folder, found), bare, importKind)
      : undefined;
  }

  #inPackage(dir: string, { name, subpath }: BareId, importKind: ImportKind): string | undefined {
    const exports = this.manifests.of(dir)?.exports;
    if (exports !== undefined && exports !== null) {
      return this.#exactly(
        join(dir, exportsTarget(exports, subpath === './' ? '.' : subpath, name, importKind)),
      );
    }
    const asFolder = subpath === '.' || subpath.endsWith('/');
    return this.#fileOrFolder(join(dir, subpath), asFolder);
  }

  #exactly(path: string): string {
    const found = this.files.at(path);
    if (found?.kind === 'file') return this.#inside(path, found);
    throw new ModuleError(MODULE_CODES.absent, (name) => `Cannot find module '${name(path)}'`);
  }

  #fileOrFolder(asked: string, folderOnly: boolean): string | undefined {
    // `punycode/` and `./` mean the folder, whose name has no separator at its end.
    const path = asked.replace(/[/\\]+$/, '');
    if (!this.tree.contains(path)) return undefined;
    return (folderOnly ? undefined : this.#file(path)) ?? this.#folder(path);
  }

  #file(path: string): string | undefined {
    for (const ending of ENDINGS) {
      const candidate = path + ending;
      const found = this.files.at(candidate);
      if (found?.kind === 'file') return this.#inside(candidate, found);
    }
    return undefined;
  }

  #folder(path: string): string | undefined {
    const found = this.files.at(path);
    if (found?.kind !== 'folder') return undefined;
    const dir = this.#inside(path, found);
    const main = this.manifests.of(dir)?.main;
    if (main === undefined || main === '') return this.#file(join(dir, 'index'));
    const named = join(dir, main);
    const inside = this.tree.contains(named)
      ? (this.#file(named) ?? this.#file(join(named, 'index')))
      : undefined;
    return inside ?? this.#file(join(dir, 'index'));
  }

  /** The real path of something that exists. Links that lead out of the packages are not followed. */
  #inside(path: string, { path: real }: Found): string {
    if (this.tree.ownerOf(real) !== undefined) return real;
    throw new ModuleError(
      'ERR_ACCESS_DENIED',
      (name) => `${name(path)} leads outside the installed packages and is not loaded`,
    );
  }
}

/** What a relative id means beside a file. Most are plain, as `./a/b` and `../a`, and need no more than a cut. */
function beside(file: string, id: string): string {
  const [, up = '', rest = ''] = PLAIN_ID.exec(id) ?? [];
  let dir = folderOf(file);
  if (rest === '') return join(dir, id);
  for (let at = 0; at < up.length; at += '../'.length) dir = folderOf(dir);
  return dir === '/' ? join(dir, rest) : `${dir}/${rest}`;
}

/** As Node words it; `where` is what follows. */
export function notFound(id: string, where: ModuleError['describe'] = () => ''): ModuleError {
  return new ModuleError(MODULE_CODES.absent, (name) => `Cannot find module '${id}'${where(name)}`);
}
