import { lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packFile } from '../boundary/code-packs.js';

/** Who else could write what runner processes execute. */
export interface Owners {
  /** The user of this service; undefined where there are no user ids. */
  readonly uid: number | undefined;
  /**
   * Whether a script that has escaped could write as that user: its process has the same one, and nothing in the operating
   * system keeps it from writing.
   */
  readonly areRunners: boolean;
}

/** A pack's file. */
interface Pack {
  readonly bytes: number;
  readonly madeAt: number;
}

const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;
const KEY = /^[0-9a-f]{32}$/;
const PACK = /\.pack$/;

/** Why a folder is not used. Its message is a line for the operator. */
export class UnsafeFolderError extends Error {
  override readonly name = 'UnsafeFolderError';
}

/**
 * The folder of the code packs that fit one version, one Node and one set of flags. V8 executes what is in a pack without
 * looking at it, so everything on the way to it must belong to root or to this service's user, and be writable for nobody else.
 */
export class CacheFolder {
  readonly #packs = new Map<string, Pack>();

  private constructor(
    readonly path: string,
    private readonly root: string,
    private readonly maxBytes: number,
    /** Whether packs can be added: not on a read-only file system, nor in a folder of root's. */
    readonly isWritable: boolean,
  ) {}

  /**
   * Opens the folder, and makes it if that is possible.
   * @param key names the version, the Node and the flags
   * @throws UnsafeFolderError
   */
  static open(root: string, key: string, owners: Owners, maxBytes: number): CacheFolder {
    const made = join(root, key);
    const isMade = makeFolder(made);
    const real = tried(() => realpathSync(isMade ? made : root));
    if (real === undefined) throw new UnsafeFolderError(`${root} does not exist and cannot be created`);
    for (let path = real; ; path = dirname(path)) {
      checkFolder(path, owners, path === real || path === dirname(real));
      if (path === dirname(path)) break;
    }
    const isWritable = isMade && canWrite(real);
    // Never by a path with links: what they lead to was checked, and not who can change them.
    const path = isMade ? real : join(real, key);
    const folder = new CacheFolder(path, dirname(path), maxBytes, isWritable);
    if (isMade) folder.#list(owners);
    return folder;
  }

  /** When the pack was made, in milliseconds; undefined when there is none. */
  madeAt(name: string): number | undefined {
    return this.#packs.get(packFile(name))?.madeAt;
  }

  get size(): number {
    return this.#packs.size;
  }

  /**
   * Writes a pack, in place of an older one.
   * @returns false where the cache is full
   * @throws the system's error
   */
  async put(name: string, bytes: Buffer): Promise<boolean> {
    const file = packFile(name);
    if (!this.#makeRoom(bytes.length - (this.#packs.get(file)?.bytes ?? 0))) return false;
    const path = join(this.path, file);
    const unfinished = `${path}.${process.pid}`;
    rmSync(unfinished, { force: true });
    // `wx` creates the file: a link that is there is not followed.
    const handle = await open(unfinished, 'wx', 0o444);
    try {
      await handle.writeFile(bytes);
      await handle.chmod(0o444);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // Runner processes that have the old one open keep it.
    renameSync(unfinished, path);
    this.#packs.set(file, { bytes: bytes.length, madeAt: Date.now() });
    return true;
  }

  /** Removes the packs of packages that are not in the list. */
  keepOnly(names: readonly string[]): void {
    const kept = new Set(names.map(packFile));
    for (const file of this.#packs.keys()) {
      if (kept.has(file)) continue;
      tried(() => rmSync(join(this.path, file), { force: true }));
      this.#packs.delete(file);
    }
  }

  #list(owners: Owners): void {
    for (const file of readdirSync(this.path)) {
      const path = join(this.path, file);
      const stats = lstatSync(path);
      if (!stats.isFile()) throw new UnsafeFolderError(`${path} is not a file`);
      checkOwner(path, stats, owners);
      if (PACK.test(file)) this.#packs.set(file, { bytes: stats.size, madeAt: stats.mtimeMs });
      // Of a service that was killed while it wrote.
      else if (this.isWritable) tried(() => rmSync(path));
    }
  }

  /** Packs for other versions and flags make room, the oldest first. */
  #makeRoom(bytes: number): boolean {
    let own = bytes;
    for (const pack of this.#packs.values()) own += pack.bytes;
    if (own > this.maxBytes) return false;
    const others = (tried(() => readdirSync(this.root)) ?? [])
      .filter((name) => KEY.test(name) && join(this.root, name) !== this.path)
      .map((name) => join(this.root, name))
      .map((path) => ({ path, at: tried(() => statSync(path).mtimeMs) ?? 0, bytes: bytesIn(path) }))
      .toSorted((a, b) => b.at - a.at);
    let sum = own;
    for (const other of others) {
      sum += other.bytes;
      if (sum > this.maxBytes) tried(() => rmSync(other.path, { recursive: true, force: true }));
    }
    return true;
  }
}

function checkFolder(path: string, owners: Owners, holdsPacks: boolean): void {
  const stats = lstatSync(path);
  if (!stats.isDirectory()) throw new UnsafeFolderError(`${path} is not a folder`);
  // In a sticky folder such as /tmp nobody renames what is another's.
  const isSticky = !holdsPacks && (stats.mode & STICKY) !== 0;
  checkOwner(path, isSticky ? { uid: stats.uid, mode: 0 } : stats, owners);
}

function checkOwner(
  path: string,
  { uid, mode }: { readonly uid: number; readonly mode: number },
  owners: Owners,
): void {
  if (owners.uid === undefined) throw new UnsafeFolderError('this system has no user ids');
  if (uid !== 0 && uid !== owners.uid)
    throw new UnsafeFolderError(
      `${path} belongs to another user (${uid}); let it belong to root or to the user of the service (${owners.uid})`,
    );
  if ((mode & OTHERS_WRITE) !== 0)
    throw new UnsafeFolderError(`${path} can be written by other users; remove that with chmod go-w`);
  if (owners.areRunners && uid === owners.uid)
    throw new UnsafeFolderError(
      `${path} belongs to the user of the runner processes, and nothing in the operating system keeps a script that has escaped from writing it; let it belong to root, or see javascriptd doctor`,
    );
}

/** Node's own recursive way does not end where the system has no folder to give, as in /proc. */
function makeFolder(path: string): boolean {
  if (tried(() => statSync(path).isDirectory()) === true) return true;
  if (path !== dirname(path) && !makeFolder(dirname(path))) return false;
  tried(() => mkdirSync(path, { mode: 0o755 }));
  return tried(() => statSync(path).isDirectory()) === true;
}

function canWrite(folder: string): boolean {
  const trial = join(folder, `.${process.pid}`);
  return (
    tried(() => {
      mkdirSync(trial);
      rmSync(trial, { recursive: true });
      return true;
    }) ?? false
  );
}

function bytesIn(folder: string): number {
  let sum = 0;
  for (const name of tried(() => readdirSync(folder)) ?? [])
    sum += tried(() => lstatSync(join(folder, name)).size) ?? 0;
  return sum;
}

function tried<T>(attempted: () => T): T | undefined {
  try {
    return attempted();
  } catch {
    return undefined;
  }
}
