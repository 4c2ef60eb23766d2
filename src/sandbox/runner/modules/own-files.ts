import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { sep } from 'node:path';
import {
  type FileFacts,
  type FileOperation,
  FILE_CHUNK_BYTES,
  MARK,
  MAX_FILE_BYTES,
  MAX_FOLDER_ENTRIES,
} from '../../boundary/loader-protocol.js';
import { codeOf } from './file-system.js';
import type { PackageJsons } from './package-json.js';
import type { Owner, PackageTree } from './package-tree.js';

/** Linux's `PATH_MAX`. */
const MAX_PATH = 4096;
/** A link in the place of the file is not followed, and a named pipe does not block. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** A file or folder that may be read: its real path, and the package that it belongs to. */
interface OwnPath {
  readonly path: string;
  readonly owner: Owner;
}

/**
 * Reads files for the `fs` that packages get at isolation level `context`. A package reads the files of its own folder and of
 * the packages that it declares as dependencies. Files and folders whose names begin with a dot do not exist for it, nor does
 * what a symbolic link outside of the package leads to.
 *
 * All code of a context shares one realm. So a script can read, at most, the files of the packages that its context has loaded.
 */
export class OwnFiles {
  constructor(
    private readonly tree: PackageTree,
    private readonly manifests: PackageJsons,
  ) {}

  /**
   * @param from real path of the module that required `fs`
   * @param operation a {@link FileOperation}: `stat`, `list`, or `read` with an offset
   * @param name the path that the package gave: `/modules/<name>@<version>/<path>`
   * @returns `found` with JSON, or with bytes as Latin-1; `failed` with the code of a system error; `forbidden`
   */
  answer(from: string, operation: FileOperation, name: string): string {
    if (name.length > MAX_PATH) return failed('ENAMETOOLONG');
    const asked = name.includes('\0') ? undefined : this.#asked(from, name);
    if (asked === undefined) return MARK.forbidden;
    try {
      const own = this.#real(asked);
      if (own === undefined) return failed('ENOENT');
      if (operation === 'stat') return MARK.found + JSON.stringify(factsOf(own.path));
      if (operation === 'list') return this.#list(own);
      return read(own.path, Number(operation.slice('read '.length)));
    } catch (error) {
      const code = codeOf(error);
      // A stack overflow is the script's doing, not the file's.
      if (typeof code !== 'string') throw error;
      return failed(code === 'ERR_ACCESS_DENIED' ? 'EACCES' : code);
    }
  }

  /** The path as it was asked for, with its links; undefined if it belongs to no package that `from` may read. */
  #asked(from: string, name: string): OwnPath | undefined {
    const reader = this.tree.ownerOf(from);
    const path = this.tree.pathOf(name);
    if (reader === undefined || path === undefined) return undefined;
    const owner = this.tree.ownerOf(path);
    if (owner === undefined) return undefined;
    const isOwn = owner.dir === reader.dir;
    const isDeclared = isOwn || this.manifests.of(reader.dir)?.dependencies.has(owner.name) === true;
    return isDeclared ? { path, owner } : undefined;
  }

  /** The path with its links followed; undefined if it is hidden, or leads out of the package. */
  #real({ path, owner }: OwnPath): OwnPath | undefined {
    if (isHidden(path, owner)) return undefined;
    // The native call asks the permission model about the path itself only, not about each folder above it.
    const real = realpathSync.native(path);
    const of = this.tree.ownerOf(real);
    return of?.dir === owner.dir && !isHidden(real, owner) ? { path: real, owner } : undefined;
  }

  #list({ path, owner }: OwnPath): string {
    const names: [name: string, kind: FileFacts['kind']][] = [];
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const at = path + sep + entry.name;
      if (isHidden(at, owner)) continue;
      const kind = entry.isSymbolicLink() ? this.#kindOfLink({ path: at, owner }) : kindOf(entry);
      if (kind !== undefined) names.push([entry.name, kind]);
      if (names.length > MAX_FOLDER_ENTRIES) return failed('EMFILE');
    }
    return MARK.found + JSON.stringify(names);
  }

  #kindOfLink(link: OwnPath): FileFacts['kind'] | undefined {
    try {
      const own = this.#real(link);
      return own && kindOf(statSync(own.path));
    } catch (error) {
      if (typeof codeOf(error) === 'string') return undefined;
      throw error;
    }
  }
}

/** What an operator keeps beside a linked package (`.env`, `.git`, `.npmrc`), and packages that are not declared. */
function isHidden(path: string, { dir }: Owner): boolean {
  return path
    .slice(dir.length)
    .split(sep)
    .some((name) => name.startsWith('.') || name === 'node_modules');
}

interface Kinds {
  isFile(): boolean;
  isDirectory(): boolean;
}

function kindOf(entry: Kinds): FileFacts['kind'] | undefined {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'folder' : undefined;
}

function factsOf(path: string): FileFacts {
  const stats = statSync(path);
  const kind = kindOf(stats);
  if (kind === undefined) throw Object.assign(new Error(), { code: 'EACCES' });
  return { kind, size: stats.size, modifiedMs: Math.floor(stats.mtimeMs) };
}

/** The next bytes of a file; fewer than {@link FILE_CHUNK_BYTES} at its end. */
function read(path: string, offset: number): string {
  if (!Number.isSafeInteger(offset) || offset < 0) return failed('EINVAL');
  const file = openSync(path, OPEN_FLAGS);
  try {
    const stats = fstatSync(file);
    if (stats.isDirectory()) return failed('EISDIR');
    if (!stats.isFile()) return failed('EACCES');
    if (stats.size > MAX_FILE_BYTES || offset > MAX_FILE_BYTES) return failed('EFBIG');
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(FILE_CHUNK_BYTES, stats.size - offset)));
    let length = 0;
    while (length < bytes.length) {
      const count = readSync(file, bytes, length, bytes.length - length, offset + length);
      if (count === 0) break;
      length += count;
    }
    return MARK.found + bytes.toString('latin1', 0, length);
  } finally {
    closeSync(file);
  }
}

function failed(code: string): string {
  return MARK.failed + code;
}
