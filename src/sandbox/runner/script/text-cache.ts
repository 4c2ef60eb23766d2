/** Most characters of keys that are kept. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

/**
 * Keeps what was made of texts, compiled code above all: V8's own cache does not serve scripts that have an import
 * callback. Compiled code holds nothing of the contexts that it ran in, and a runner serves one tenant only.
 */
export class TextCache<T> {
  readonly #made = new Map<string, T>();
  #characters = 0;

  /** What was made of this key, or else is made now; what `make` throws is not kept. */
  of(key: string, make: () => T): T {
    let made = this.#made.get(key);
    if (made === undefined) {
      made = make();
      this.#characters += key.length;
      this.#evict();
    } else {
      // Moved to the end: the first one is then the one unused for longest.
      this.#made.delete(key);
    }
    this.#made.set(key, made);
    return made;
  }

  #evict(): void {
    for (const key of this.#made.keys()) {
      if (this.#characters <= MAX_CHARACTERS) return;
      this.#made.delete(key);
      this.#characters -= key.length;
    }
  }
}
