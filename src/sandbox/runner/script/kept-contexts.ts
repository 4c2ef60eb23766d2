import { type ExecuteMessage, MOST_CONTEXTS } from '../../boundary/messages.js';
import type { Place } from './place.js';
import type { ScriptEntry } from './script-entry.js';

interface Kept {
  readonly place: Place;
  readonly entry: ScriptEntry;
  readonly modules: string;
}

/** Contexts in which a prepared script has run and will be called again. */
export class KeptContexts {
  readonly #kept = new Map<string, Kept>();

  /** The context of the script, if it was kept, and with the modules that this execution may have; it is kept no more. */
  take({ script, reuse, modules }: ExecuteMessage): Kept | undefined {
    if (reuse !== true || script === undefined) return undefined;
    const kept = this.#kept.get(script);
    if (kept === undefined) return undefined;
    this.#kept.delete(script);
    if (kept.modules === modules.join()) return kept;
    kept.place.close();
    return undefined;
  }

  put({ script = '', modules }: ExecuteMessage, place: Place, entry: ScriptEntry): void {
    this.drop(script);
    this.#kept.set(script, { place, entry, modules: modules.join() });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_CONTEXTS && oldest !== undefined) this.drop(oldest);
  }

  drop(script: string): void {
    this.#kept.get(script)?.place.close();
    this.#kept.delete(script);
  }
}
