import type { FileFacts } from '../../boundary/loader-protocol.js';

const FILE_MODE = 0o100_444;
const FOLDER_MODE = 0o040_555;
const BLOCK_BYTES = 512;

/** What files and folders of packages are not. */
class Kind {
  readonly #kind: FileFacts['kind'];

  constructor(kind: FileFacts['kind']) {
    this.#kind = kind;
  }

  isFile(): boolean {
    return this.#kind === 'file';
  }

  isDirectory(): boolean {
    return this.#kind === 'folder';
  }

  isSymbolicLink(): boolean {
    return false;
  }

  isBlockDevice(): boolean {
    return false;
  }

  isCharacterDevice(): boolean {
    return false;
  }

  isFIFO(): boolean {
    return false;
  }

  isSocket(): boolean {
    return false;
  }
}

/** Node's `fs.Stats`, without what says something of the machine: devices, inodes and owners are 0. */
export class Stats extends Kind {
  readonly dev = 0;
  readonly ino = 0;
  readonly mode: number;
  readonly nlink = 1;
  readonly uid = 0;
  readonly gid = 0;
  readonly rdev = 0;
  readonly blksize = 4096;
  readonly size: number;
  readonly blocks: number;
  readonly atimeMs: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly birthtimeMs: number;
  readonly atime: Date;
  readonly mtime: Date;
  readonly ctime: Date;
  readonly birthtime: Date;

  constructor({ kind, size, modifiedMs }: FileFacts) {
    super(kind);
    this.mode = kind === 'file' ? FILE_MODE : FOLDER_MODE;
    this.size = size;
    this.blocks = Math.ceil(size / BLOCK_BYTES);
    this.atimeMs = this.mtimeMs = this.ctimeMs = this.birthtimeMs = modifiedMs;
    this.atime = new Date(modifiedMs);
    this.mtime = new Date(modifiedMs);
    this.ctime = new Date(modifiedMs);
    this.birthtime = new Date(modifiedMs);
  }
}

/** Node's `fs.Dirent`. */
export class Dirent extends Kind {
  readonly path: string;

  constructor(
    readonly name: string,
    readonly parentPath: string,
    kind: FileFacts['kind'],
  ) {
    super(kind);
    this.path = parentPath;
  }
}
