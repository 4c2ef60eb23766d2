import { join } from 'node:path';
import type { Script } from 'node:vm';
import { packFile } from '../../boundary/code-packs.js';
import { compile } from '../script/compile.js';
import { CodePack, type CompiledFile } from './code-pack.js';

/** A text that V8 compiles, and where the author's text begins in it. */
export type ModuleText = Pick<CompiledFile, 'text' | 'prefix'>;

/** Compiled code of files, made before. */
export interface CodeCache {
  /** A script requires this package: its code may be used. */
  use(name: string): void;
  /**
   * The compiled script of a file.
   * @param key from the file's path
   * @param source its bytes
   * @param filename its name in stacks
   */
  find(key: string, source: Buffer, filename: string): Script | undefined;
  /** A file that was not found has been compiled. */
  compiled(key: string, source: Buffer, text: ModuleText, script: Script): void;
}

export const NO_CODE: CodeCache = {
  use: () => undefined,
  find: () => undefined,
  compiled: () => undefined,
};

/** Each is a file descriptor. A runner that has loaded that many packages is unlikely to need the next one. */
const MAX_PACKS = 32;

/**
 * The code packs in a folder, which this process can only read. A pack is opened when a script requires its package: it was
 * made by a process that has run that package, and so it cannot do what the script could not.
 */
export class PackedCode implements CodeCache {
  readonly #packs = new Map<string, CodePack | undefined>();
  #isRejected = false;

  constructor(private readonly folder: string) {}

  use(name: string): void {
    if (this.#isRejected || this.#packs.has(name) || this.#packs.size >= MAX_PACKS) return;
    this.#packs.set(name, CodePack.open(join(this.folder, packFile(name))));
  }

  find(key: string, source: Buffer, filename: string): Script | undefined {
    for (const pack of this.#packs.values()) {
      const found = pack?.find(key, source);
      if (found === undefined) continue;
      const script = compile(found.text, filename, -found.prefix, found.code);
      // V8 has compiled the text itself then. It turns down the code of other versions and flags: all of it.
      if (script.cachedDataRejected === true) this.#reject();
      return script;
    }
    return undefined;
  }

  compiled(): void {
    // A runner writes nothing that another one reads.
  }

  #reject(): void {
    this.#isRejected = true;
    for (const pack of this.#packs.values()) pack?.close();
    this.#packs.clear();
  }
}

/** Keeps what is compiled, to make a pack of it. */
export class RecordedCode implements CodeCache {
  readonly #files = new Map<string, Omit<CompiledFile, 'code'> & { readonly script: Script }>();

  /** @param isKept whether a file's code belongs to the pack */
  constructor(private readonly isKept: (key: string) => boolean) {}

  use(): void {
    // There is nothing to be used.
  }

  find(): undefined {
    return undefined;
  }

  compiled(key: string, source: Buffer, { text, prefix }: ModuleText, script: Script): void {
    if (this.isKept(key)) this.#files.set(key, { source, text, prefix, script });
  }

  /** The files with their code as it is now: V8 compiles a function when it is first called. */
  get files(): ReadonlyMap<string, CompiledFile> {
    return new Map(
      [...this.#files].map(([key, { script, ...file }]) => [
        key,
        { ...file, code: script.createCachedData() },
      ]),
    );
  }
}
