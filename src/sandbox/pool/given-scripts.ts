import { jsonParts, sizeOf, type TextParts } from '../../json-text/index.js';
import { type KeepMessage, MOST_CONTEXTS, TO_RUNNER } from '../boundary/messages.js';
import type { ScriptTexts } from '../execution.js';
import type { RunnerPipe } from './runner-pipe.js';

/** Max bytes of texts that a runner process keeps, unless one script alone has more. */
const MAX_BYTES = 8 * 1024 * 1024;
/** Successful calls in kept contexts between two measurements of the memory of an idle process. */
const CALLS_PER_LOOK = 32;

/** A prepared script: its id, and its texts. */
export interface PreparedTexts extends ScriptTexts {
  readonly script: string;
}

/** The frames of an execution, or of a script that is only compiled. */
export interface ScriptFrames {
  readonly prepared?: PreparedTexts | undefined;
  readonly reuse?: boolean | undefined;
  /** From `executeFrame`; or the texts of a script that is only compiled. */
  readonly frame: TextParts | { readonly compiles: ScriptTexts };
}

/**
 * The prepared scripts that one runner process was given, each once; those unused for longest are taken back. The runner
 * reports nothing of it that would have to be believed.
 */
export class GivenScripts {
  readonly #given = new Map<string, number>();
  readonly #contexts = new Set<string>();
  #bytes = 0;
  #reused = 0;

  /** Whether this execution should find a kept context. */
  isKept({ prepared, reuse }: ScriptFrames): boolean {
    return reuse === true && prepared !== undefined && this.#contexts.has(prepared.script);
  }

  /** Whether the runner should have a context of the script, from a successful call. */
  hasContext(script: string): boolean {
    return this.#contexts.has(script);
  }

  /** Sends an execution to the runner, and before it its prepared script, unless the runner has that already. */
  send({ prepared, frame }: ScriptFrames, pipe: Pick<RunnerPipe, 'send'>): void {
    const keep = prepared && this.#give(prepared);
    if ('compiles' in frame) {
      const { code, language, caller } = frame.compiles;
      return pipe.send(TO_RUNNER.compile, jsonParts({ code, language, caller, ...keep }));
    }
    if (keep !== undefined) pipe.send(TO_RUNNER.keep, jsonParts({ ...prepared, ...keep }));
    pipe.send(TO_RUNNER.execute, frame);
  }

  /** A call has returned a value; its context is kept if it was to be. */
  returned({ prepared, reuse }: ScriptFrames): void {
    if (reuse !== true || prepared === undefined) return;
    const { script } = prepared;
    this.#reused += 1;
    this.#contexts.delete(script);
    this.#contexts.add(script);
    const [oldest] = this.#contexts;
    if (this.#contexts.size > MOST_CONTEXTS && oldest !== undefined) this.#contexts.delete(oldest);
  }

  /**
   * Whether the memory of the idle process is to be measured now. Short calls may never be measured while they run, and
   * what they leave in a context stays.
   */
  isLookDue(): boolean {
    if (this.#reused < CALLS_PER_LOOK) return false;
    this.#reused = 0;
    return true;
  }

  /** @returns the name under which the runner is to keep the script, and the names to forget; undefined when it has it */
  #give({ script, code, caller = '' }: PreparedTexts): Pick<KeepMessage, 'script' | 'forget'> | undefined {
    const known = this.#given.get(script);
    const size = known ?? sizeOf(code) + sizeOf(caller);
    // Moved to the end: the first one is then the one unused for longest.
    this.#given.delete(script);
    this.#given.set(script, size);
    if (known !== undefined) return undefined;
    this.#bytes += size;
    return { script, forget: this.#forget() };
  }

  #forget(): string[] {
    const forgotten: string[] = [];
    for (const [script, size] of this.#given) {
      if (this.#bytes <= MAX_BYTES || forgotten.length === this.#given.size - 1) break;
      forgotten.push(script);
      this.#bytes -= size;
    }
    for (const script of forgotten) {
      this.#given.delete(script);
      this.#contexts.delete(script);
    }
    return forgotten;
  }
}
