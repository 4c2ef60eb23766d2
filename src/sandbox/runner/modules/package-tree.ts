import { join, normalize, sep } from 'node:path';
import type { InstalledPackage } from '../../boundary/messages.js';
import { readableFolders } from '../../boundary/readable-folders.js';
import { folderOf, lastName } from './file-path.js';
import { KEY_ROOT } from './key.js';

/** The package that a file belongs to. */
export interface Owner {
  readonly name: string;
  readonly dir: string;
}

const NODE_MODULES = 'node_modules';
const MAX_OWNERS = 50_000;

/**
 * Knows which folders may be read at all, which package a file belongs to, and under which name scripts see
 * it: `/modules/<name>@<version>/<path>`, where no path of the host shows.
 */
export class PackageTree {
  readonly #table = new Map<string, InstalledPackage>();
  readonly #namesByDir = new Map<string, string>();
  readonly #roots: readonly string[];
  readonly #baseByDir = new Map<string, string>();
  readonly #dirByBase = new Map<string, string>();
  /** By folder, for files. A script that holds a package's `require` can ask for any text. */
  readonly #owners = new Map<string, Owner>();

  constructor(
    packages: readonly InstalledPackage[],
    private readonly versionOf: (dir: string) => string,
  ) {
    for (const known of packages) {
      this.#table.set(known.name, known);
      this.#namesByDir.set(known.dir, known.name);
    }
    this.#roots = readableFolders(packages);
  }

  /** The operator's packages by name. */
  get installed(): ReadonlyMap<string, InstalledPackage> {
    return this.#table;
  }

  /** Whether a path lies in a folder that may be read. */
  contains(path: string): boolean {
    return this.#roots.some((root) => path === root || path.startsWith(root + sep));
  }

  /** @returns undefined for a path that no package holds */
  ownerOf(path: string): Owner | undefined {
    const dir = folderOf(path);
    const known = this.#owners.get(dir);
    if (known !== undefined && !this.#namesByDir.has(path)) return known;
    const owner = this.#findOwner(path);
    // What lies in a folder of packages is a package itself.
    const isShared = lastName(dir) !== NODE_MODULES && !lastName(dir).startsWith('@') && owner?.dir !== path;
    if (owner === undefined || !isShared) return owner;
    if (this.#owners.size >= MAX_OWNERS) this.#owners.clear();
    this.#owners.set(dir, owner);
    return owner;
  }

  #findOwner(path: string): Owner | undefined {
    for (let dir = path; this.contains(dir); dir = folderOf(dir)) {
      const name = this.#namesByDir.get(dir) ?? nameByPlace(dir);
      if (name !== undefined) return { name, dir };
    }
    return undefined;
  }

  /** The name under which scripts see a file of a package. */
  keyOf(path: string): string | undefined {
    const owner = this.ownerOf(path);
    if (owner === undefined) return undefined;
    // The folder's path is the beginning of the file's.
    return this.#baseOf(owner) + path.slice(owner.dir.length).replaceAll(sep, '/');
  }

  /** The path behind a key, or behind any path made from one; undefined when no package has been seen there. */
  pathOf(key: string): string | undefined {
    const plain = normalize(key).replaceAll(sep, '/');
    const base = /^\/modules\/(?:@[^/]+\/)?[^/]+/.exec(plain)?.[0];
    const dir = base === undefined ? undefined : this.#dirByBase.get(base);
    return dir === undefined || base === undefined ? undefined : join(dir, plain.slice(base.length));
  }

  #baseOf(owner: Owner): string {
    const known = this.#baseByDir.get(owner.dir);
    if (known !== undefined) return known;
    const first = `${KEY_ROOT}${owner.name}@${this.versionOf(owner.dir)}`;
    let base = first;
    // The same version in two places is two modules, as in Node.
    for (let copy = 2; this.#dirByBase.has(base); copy++) base = `${first}~${copy}`;
    this.#dirByBase.set(base, owner.dir);
    this.#baseByDir.set(owner.dir, base);
    return base;
  }
}

/** `a` for `…/node_modules/a`, `@s/a` for `…/node_modules/@s/a`; undefined for every other folder. */
function nameByPlace(dir: string): string | undefined {
  const name = lastName(dir);
  if (name.startsWith('.') || name.startsWith('@')) return undefined;
  const parent = folderOf(dir);
  const scope = lastName(parent);
  if (scope === NODE_MODULES) return name;
  return scope.startsWith('@') && lastName(folderOf(parent)) === NODE_MODULES
    ? `${scope}/${name}`
    : undefined;
}
