import { AsyncQueue } from './async-queue.js';
import { isLine } from './reply-shapes.js';
import type { ConsoleLine } from './script.js';

/** The streamed output of an execution: console lines and yielded values. */
export class StreamedOutput {
  readonly lines: AsyncQueue<ConsoleLine>;
  readonly values: AsyncQueue<unknown>;
  #streamedLines = 0;

  /** @param onRead called after a loop reads an item, and when a loop stops */
  constructor(onRead: () => void) {
    this.lines = new AsyncQueue(onRead);
    this.values = new AsyncQueue(onRead);
  }

  get buffered(): number {
    return this.lines.buffered + this.values.buffered;
  }

  get bufferedForLoops(): number {
    return this.lines.bufferedForLoops + this.values.bufferedForLoops;
  }

  /**
   * Adds the payload of a reply with `more`.
   * @returns false if the payload is neither a console line nor a value
   */
  push(payload: unknown, size: number): boolean {
    if (typeof payload !== 'object' || payload === null) return false;
    if ('console' in payload) {
      if (!isLine(payload.console)) return false;
      this.#streamedLines += 1;
      this.lines.push(payload.console, size);
    } else if ('value' in payload) this.values.push(payload.value, size);
    else return false;
    return true;
  }

  clear(): void {
    this.lines.clear();
    this.values.clear();
  }

  /**
   * The execution has ended.
   * @param allLines the whole console; lines that were not streamed are added now
   * @param error thrown by the loop over the values
   */
  end(allLines: readonly string[], error?: unknown): void {
    for (const text of allLines.slice(this.#streamedLines)) this.lines.push({ text });
    this.lines.end();
    this.values.end(error);
  }
}
