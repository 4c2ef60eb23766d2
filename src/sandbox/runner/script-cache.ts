import type { Script } from 'node:vm';
import { compile } from './compile.js';

/** Most characters of source whose compiled code is kept. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

/**
 * Keeps compiled scripts by their text: V8's own cache does not serve scripts that have an import callback.
 * Compiled code holds nothing of the contexts that it ran in, and a runner serves one tenant only.
 */
export class ScriptCache {
  readonly #scripts = new Map<string, Script>();
  #characters = 0;

  /** @throws SyntaxError, of the host realm */
  compiled(text: string, filename: string, columnOffset = 0): Script {
    const key = `${filename}\n${text}`;
    let script = this.#scripts.get(key);
    if (script === undefined) {
      script = compile(text, filename, columnOffset);
      this.#characters += key.length;
      this.#evict();
    } else {
      // Moved to the end: the first one is then the one unused for longest.
      this.#scripts.delete(key);
    }
    this.#scripts.set(key, script);
    return script;
  }

  #evict(): void {
    for (const key of this.#scripts.keys()) {
      if (this.#characters <= MAX_CHARACTERS) return;
      this.#scripts.delete(key);
      this.#characters -= key.length;
    }
  }
}
