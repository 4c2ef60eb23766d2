import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, sep } from 'node:path';

/** What is at a path, links followed, and its real path. */
export interface Found {
  readonly kind: 'file' | 'folder';
  readonly path: string;
}

/** A folder's entries by name; `undefined` for a link, which is followed when it is asked for. */
type Entries = Map<string, Found | 'absent' | undefined>;

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
  readonly #folders = new Map<string, Entries | 'absent' | typeof OPAQUE>();

  /** @param mayRead whether a path lies where packages are */
  constructor(private readonly mayRead: (path: string) => boolean) {}

  /** @returns undefined when nothing is there, or neither a file nor a folder */
  at(path: string): Found | undefined {
    const folder = this.#folder(dirname(path));
    if (folder === 'absent') return undefined;
    if (folder === OPAQUE) return lookUp(path);
    const name = basename(path);
    let found = folder.get(name);
    if (found === undefined && folder.has(name)) {
      found = lookUp(path) ?? 'absent';
      folder.set(name, found);
    }
    return found === 'absent' ? undefined : found;
  }

  #folder(path: string): Entries | 'absent' | typeof OPAQUE {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const found = this.#list(path);
    this.#folders.set(path, found);
    return found;
  }

  #list(path: string): Entries | 'absent' | typeof OPAQUE {
    if (!this.mayRead(path)) return OPAQUE;
    // A folder above that is known says so without asking the system.
    const above = this.#folders.get(dirname(path));
    if (above === 'absent' || (above instanceof Map && !above.has(basename(path)))) return 'absent';
    try {
      const real = realpathSync.native(path);
      return entriesOf(real, readdirSync(real, { withFileTypes: true }));
    } catch (error) {
      if (isMissing(error)) return 'absent';
      if (codeOf(error) === undefined) throw error;
      return OPAQUE;
    }
  }
}

function entriesOf(folder: string, listed: readonly Dirent[]): Entries {
  const entries: Entries = new Map();
  for (const entry of listed) {
    const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : undefined;
    entries.set(entry.name, kind && { kind, path: folder + sep + entry.name });
  }
  return entries;
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

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
