import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';
import { folderOf, lastName } from './file-path.js';

/** What is at a path, links followed, and its real path. */
export interface Found {
  readonly kind: 'file' | 'folder';
  readonly path: string;
}

/** A folder: its real path, and its entries by name, each looked at when it is asked for. */
interface Folder {
  readonly path: string;
  readonly entries: Map<string, Dirent | Found | 'absent'>;
}

/** A folder that cannot be listed: what is in it is looked up one by one. */
const OPAQUE = 'opaque';

/**
 * Whether a file-system error says that there is no such thing. Anything else (a stack that a script ran
 * nearly full, say) must not be remembered as an absence: the caches outlive the execution.
 */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
}

/**
 * The files of the packages, as they were when their folder was first looked into. A package's `require` looks for several
 * names, and most packages have many files in few folders: one list of a folder replaces a `stat` and a `realpath` for each
 * of them. A runner process is replaced when packages change.
 */
export class PackageFiles {
  readonly #folders = new Map<string, Folder | 'absent' | typeof OPAQUE>();

  /** @param mayRead whether a path lies where packages are */
  constructor(private readonly mayRead: (path: string) => boolean) {}

  /**
   * @param path absolute and normalized
   * @returns undefined when nothing is there, or neither a file nor a folder
   */
  at(path: string): Found | undefined {
    const folder = this.#folder(folderOf(path));
    if (folder === 'absent') return undefined;
    if (folder === OPAQUE) return lookUp(path);
    const name = lastName(path);
    const entry = folder.entries.get(name);
    if (entry === undefined || entry === 'absent') return undefined;
    if (!('name' in entry)) return entry;
    const found = foundOf(entry, folder.path + sep + name) ?? lookUp(path);
    folder.entries.set(name, found ?? 'absent');
    return found;
  }

  #folder(path: string): Folder | 'absent' | typeof OPAQUE {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const found = this.#list(path);
    this.#folders.set(path, found);
    return found;
  }

  #list(path: string): Folder | 'absent' | typeof OPAQUE {
    if (!this.mayRead(path)) return OPAQUE;
    // A folder above that is known says so without asking the system.
    const above = this.#folders.get(folderOf(path));
    if (above === 'absent' || (typeof above === 'object' && !above.entries.has(lastName(path))))
      return 'absent';
    try {
      const real = realpathSync.native(path);
      const entries: Folder['entries'] = new Map();
      for (const entry of readdirSync(real, { withFileTypes: true })) entries.set(entry.name, entry);
      return { path: real, entries };
    } catch (error) {
      if (isMissing(error)) return 'absent';
      if (codeOf(error) === undefined) throw error;
      return OPAQUE;
    }
  }
}

/** @returns undefined for a link, which is to be followed */
function foundOf(entry: Dirent, path: string): Found | undefined {
  if (entry.isFile()) return { kind: 'file', path };
  return entry.isDirectory() ? { kind: 'folder', path } : undefined;
}

function lookUp(path: string): Found | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    const kind = stats?.isFile() === true ? 'file' : stats?.isDirectory() === true ? 'folder' : undefined;
    // The native call asks the permission model about the path itself only, not about each folder above it.
    return kind && { kind, path: realpathSync.native(path) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The code of the system's error; undefined for any other, as for that of a full stack. */
export function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
