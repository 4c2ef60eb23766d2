import { ConsoleBudget } from '../runner/console-budget.js';

/** The console of one execution so far. Cut, with a last line that says so, rather than without bound. */
export class ConsoleLines {
  readonly lines: string[] = [];
  readonly #budget: ConsoleBudget;
  #cut = false;

  constructor(maxLines: number, maxBytes: number) {
    this.#budget = new ConsoleBudget(maxLines, maxBytes);
  }

  /** @returns false when the line, or what came before it, was too much */
  add(line: string): boolean {
    const verdict = this.#budget.take(line);
    if (verdict === 'cut') this.cut();
    else if (verdict === 'kept' && !this.#cut) this.lines.push(line);
    return !this.#cut;
  }

  /** No more lines: the last one says so. */
  cut(): void {
    if (this.#cut) return;
    this.#cut = true;
    this.lines.push(`[console cut after ${this.lines.length} lines]`);
  }
}
