import { Feed } from './feed.js';
import { isLine } from './reply-shapes.js';
import type { ConsoleLine } from './script.js';

/** What an execution streams: its console lines and the values that it yields. */
export class StreamedParts {
  readonly lines: Feed<ConsoleLine>;
  readonly values: Feed<unknown>;
  #linesSeen = 0;

  /** @param onTaken called when a loop took a part, or was left */
  constructor(onTaken: () => void) {
    this.lines = new Feed(onTaken);
    this.values = new Feed(onTaken);
  }

  get held(): number {
    return this.lines.held + this.values.held;
  }

  get awaited(): number {
    return this.lines.awaited + this.values.awaited;
  }

  /** @returns false for what is neither a line nor a value */
  take(part: unknown, size: number): boolean {
    if (typeof part !== 'object' || part === null) return false;
    if ('console' in part) {
      if (!isLine(part.console)) return false;
      this.#linesSeen += 1;
      this.lines.push(part.console, size);
    } else if ('value' in part) this.values.push(part.value, size);
    else return false;
    return true;
  }

  drop(): void {
    this.lines.drop();
    this.values.drop();
  }

  /**
   * The execution is over.
   * @param all lines of the console; those that were not streamed come now
   * @param error thrown by the loop over the values
   */
  end(all: readonly string[], error?: unknown): void {
    for (const text of all.slice(this.#linesSeen)) this.lines.push({ text });
    this.lines.end();
    this.values.end(error);
  }
}
