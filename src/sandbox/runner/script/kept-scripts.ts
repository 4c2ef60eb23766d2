import type { KeepMessage, ScriptTexts } from '../../boundary/messages.js';

/**
 * Texts of prepared scripts, by the names that the gateway gave them; it bounds them, too. Executions of a script get the same
 * texts each time, and not copies: whatever was made of them is found again without reading them.
 */
export class KeptScripts {
  readonly #texts = new Map<string, ScriptTexts>();

  keep({ script, code, language, caller }: KeepMessage): void {
    this.#texts.set(script, { code, language, caller });
  }

  forget(script: string): void {
    this.#texts.delete(script);
  }

  readonly of = (script: string): ScriptTexts => {
    const texts = this.#texts.get(script);
    if (texts === undefined) throw new Error('the gateway names a script that it has not given');
    return texts;
  };
}
