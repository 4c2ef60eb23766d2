/** What the console of one execution may come to; kept by the runner, and by the gateway, which does not trust it. */
export class ConsoleBudget {
  #lines = 0;
  #bytes = 0;
  #spent = false;

  constructor(
    private readonly maxLines: number,
    private readonly maxBytes: number,
  ) {}

  /** `cut` is said once: of the first line that is too much. */
  take(line: string): 'kept' | 'cut' | 'dropped' {
    if (this.#spent) return 'dropped';
    this.#lines += 1;
    // A line of more characters than bytes are left need not be measured.
    const fits = this.#lines <= this.maxLines && this.#bytes + line.length <= this.maxBytes;
    if (fits) this.#bytes += Buffer.byteLength(line);
    if (fits && this.#bytes <= this.maxBytes) return 'kept';
    this.#spent = true;
    return 'cut';
  }
}
