/** Most lines and characters of console that one execution may fill the gateway's memory with. */
const MAX_LINES = 10_000;
const MAX_CHARACTERS = 4 * 1024 * 1024;

/** The console of one execution so far. Cut, with a last line that says so, rather than without bound. */
export class ConsoleLines {
  readonly lines: string[] = [];
  #characters = 0;
  #cut = false;

  add(line: string): void {
    if (this.#cut) return;
    this.#characters += line.length;
    if (this.lines.length < MAX_LINES && this.#characters <= MAX_CHARACTERS) {
      this.lines.push(line);
      return;
    }
    this.#cut = true;
    this.lines.push(`[console cut after ${this.lines.length} lines]`);
  }
}
