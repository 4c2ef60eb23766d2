import { ConsoleBudget } from '../boundary/console-budget.js';

/** The console of one execution so far. Cut, with a last line that says so, rather than without bound. */
export class ConsoleLines {
  readonly lines: string[] = [];
  readonly #budget: ConsoleBudget;
  #cut = false;

  constructor(maxLines: number, maxBytes: number) {
    this.#budget = new ConsoleBudget(maxLines, maxBytes);
  }

  /** @returns false when the line, or what came before it, is too much */
  add(line: string): boolean {
    const verdict = this.#budget.take(line);
    if (verdict !== 'kept' || this.#cut) return false;
    this.lines.push(line);
    return true;
  }

  /**
   * No more lines: the last one says so.
   * @returns that line, the first time
   */
  cut(): string | undefined {
    if (this.#cut) return undefined;
    this.#cut = true;
    const marker = `[console cut after ${this.lines.length} lines]`;
    this.lines.push(marker);
    return marker;
  }
}
