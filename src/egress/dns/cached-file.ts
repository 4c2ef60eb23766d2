import { readFile, stat } from 'node:fs/promises';

/** A parsed file, read again only after it has changed. A file that is missing or unreadable counts as empty. */
export class CachedFile<T> {
  #stamp: string | undefined;
  #value: T;

  constructor(
    private readonly path: string,
    private readonly parse: (text: string) => T,
  ) {
    this.#value = parse('');
  }

  async read(): Promise<T> {
    const stamp = await this.#stampNow();
    if (stamp !== this.#stamp) {
      const text = await readFile(this.path, 'utf8').catch(() => '');
      this.#value = this.parse(text);
      this.#stamp = stamp;
    }
    return this.#value;
  }

  async #stampNow(): Promise<string> {
    const found = await stat(this.path).catch(() => undefined);
    return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeMs}`;
  }
}
