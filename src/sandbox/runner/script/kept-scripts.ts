import {
  type ExecuteMessage,
  type KeepMessage,
  MOST_CONTEXTS,
  type ScriptTexts,
} from '../../boundary/messages.js';
import type { LoadedScript } from './execute.js';
import type { ScriptContext } from './script-context.js';

interface KeptContext {
  readonly context: ScriptContext;
  readonly loaded: LoadedScript;
  readonly modules: string;
}

/**
 * The texts of prepared scripts, by the names that the gateway gave them, and the contexts in which they have run and will be
 * called again. The gateway bounds the texts. Executions of a script get the same texts each time, and not copies: what was
 * compiled from them is found without reading them.
 */
export class KeptScripts {
  readonly #texts = new Map<string, ScriptTexts>();
  readonly #contexts = new Map<string, KeptContext>();

  keep({ script, code, language, caller, forget }: KeepMessage): void {
    for (const forgotten of forget) {
      this.#texts.delete(forgotten);
      this.#close(forgotten);
    }
    this.#texts.set(script, { code, language, caller });
  }

  /** The texts of a script. */
  readonly of = (script: string): ScriptTexts => {
    const texts = this.#texts.get(script);
    if (texts === undefined) throw new Error('the gateway names a script that it has not given');
    return texts;
  };

  /** Takes the context of a script, if one is kept that has the modules of this execution. */
  takeContext({ script = '', modules }: ExecuteMessage): KeptContext | undefined {
    const kept = this.#contexts.get(script);
    if (kept === undefined) return undefined;
    this.#contexts.delete(script);
    if (kept.modules === modules.join()) return kept;
    kept.context.close();
    return undefined;
  }

  putContext({ script = '', modules }: ExecuteMessage, context: ScriptContext, loaded: LoadedScript): void {
    this.#close(script);
    this.#contexts.set(script, { context, loaded, modules: modules.join() });
    const [oldest] = this.#contexts.keys();
    if (this.#contexts.size > MOST_CONTEXTS && oldest !== undefined) this.#close(oldest);
  }

  #close(script: string): void {
    this.#contexts.get(script)?.context.close();
    this.#contexts.delete(script);
  }
}
