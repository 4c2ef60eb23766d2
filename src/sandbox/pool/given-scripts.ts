import { jsonParts, sizeOf, type TextParts } from '../../json-text/index.js';
import type { ScriptTexts } from '../execution.js';
import type { RunnerPipe } from './runner-pipe.js';
import { type KeepMessage, MOST_CONTEXTS, TO_RUNNER } from '../boundary/messages.js';

/** Most bytes of texts that a runner process keeps, unless one script alone has more. */
const MAX_BYTES = 8 * 1024 * 1024;
/** Calls that went well in contexts that are kept, between two looks at the memory of an idle process. */
const CALLS_PER_LOOK = 32;

/** A script that was prepared. */
export interface PreparedTexts extends ScriptTexts {
  readonly script: string;
}

/** What of a prepared script goes to a runner process with an execution. */
export interface Given {
  readonly prepared?: PreparedTexts | undefined;
  readonly reuse?: boolean | undefined;
  /** Whether the script is only compiled: it is no execution then. */
  readonly compiles?: boolean | undefined;
  /** From `scriptText`, or from `compileText`. */
  readonly text: TextParts;
}

/**
 * Which prepared scripts one runner process was given, each once; those unused for longest are taken back. The runner says
 * nothing of it that would have to be believed.
 */
export class GivenScripts {
  readonly #given = new Map<string, number>();
  readonly #contexts = new Set<string>();
  #bytes = 0;
  #reused = 0;

  /** Whether this execution should find a context that was kept. */
  isKept({ prepared, reuse }: Given): boolean {
    return reuse === true && prepared !== undefined && this.#contexts.has(prepared.script);
  }

  /** Whether it should have a context of the script, from a call that went well. */
  hasContext(script: string): boolean {
    return this.#contexts.has(script);
  }

  /** Gives an execution to the runner, and before it the script, if it has not got that. */
  send({ prepared, compiles, text }: Given, pipe: Pick<RunnerPipe, 'send'>): void {
    const keep = prepared && this.#give(prepared);
    if (keep !== undefined) pipe.send(TO_RUNNER.keep, jsonParts(keep));
    pipe.send(compiles === true ? TO_RUNNER.compile : TO_RUNNER.execute, text);
  }

  /** A call in a context that was to be kept has given a value. */
  returned({ prepared, reuse }: Given): void {
    if (reuse !== true || prepared === undefined) return;
    const { script } = prepared;
    this.#reused += 1;
    this.#contexts.delete(script);
    this.#contexts.add(script);
    const [oldest] = this.#contexts;
    if (this.#contexts.size > MOST_CONTEXTS && oldest !== undefined) this.#contexts.delete(oldest);
  }

  /**
   * Whether the memory of the process is to be looked at, now that it is idle. Short calls may never be seen while they run, and
   * what they leave in a context stays.
   */
  isLookDue(): boolean {
    if (this.#reused < CALLS_PER_LOOK) return false;
    this.#reused = 0;
    return true;
  }

  #give(prepared: PreparedTexts): (PreparedTexts & Pick<KeepMessage, 'forget'>) | undefined {
    const { script, code, language, caller } = prepared;
    const known = this.#given.get(script);
    const size = known ?? sizeOf(code) + sizeOf(caller ?? '');
    // Moved to the end: the first one is then the one unused for longest.
    this.#given.delete(script);
    this.#given.set(script, size);
    if (known !== undefined) return undefined;
    this.#bytes += size;
    return { script, code, language, caller, forget: this.#forget() };
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
