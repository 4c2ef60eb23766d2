/** What a script may give back. The runner keeps these limits, and the gateway keeps them too: it does not trust the runner. */

/** Limits of what one execution gives back. */
export interface OutputLimits {
  /** Largest result, in bytes of its JSON text. */
  readonly maxResultBytes: number;
  /** Most levels of arrays and objects in a result. */
  readonly maxDepth: number;
  readonly maxConsoleLines: number;
  /** In bytes of UTF-8. */
  readonly maxConsoleBytes: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Taken once: at level `process` a script may replace them. */
const charCodeAt = method('charCodeAt') as (text: string, at: number) => number;
const indexOf = method('indexOf') as (text: string, part: string, from: number) => number;

/** The limit that a value exceeds, if any. */
export function excessOf(json: string, limits: OutputLimits): 'result' | 'depth' | undefined {
  if (isLonger(json, limits.maxResultBytes)) return 'result';
  return isDeeper(json, limits.maxDepth) ? 'depth' : undefined;
}

/** True when the UTF-8 length exceeds `bytes`; short strings skip the count. */
export function isLonger(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  return 3 * text.length > bytes && Buffer.byteLength(text) > bytes;
}

/** True when arrays and objects in a JSON text are nested more than `limit` deep. */
export function isDeeper(json: string, limit: number): boolean {
  // Each level takes an opening and a closing character: most texts are too short to look at.
  if (json.length <= 2 * limit) return false;
  let depth = 0;
  for (let i = 0; i < json.length; i++) {
    const unit = charCodeAt(json, i);
    if (unit === QUOTE) i = endOfText(json, i);
    // `[` and `{`, `]` and `}` differ by one bit.
    else if ((unit | 0x20) === 0x7b) {
      if (++depth > limit) return true;
    } else if ((unit | 0x20) === 0x7d) depth -= 1;
  }
  return false;
}

/** The console budget of one execution, in lines and bytes. */
export class ConsoleBudget {
  #lines = 0;
  #bytes = 0;
  #spent = false;

  constructor(
    private readonly maxLines: number,
    private readonly maxBytes: number,
  ) {}

  /** Returns `cut` once: for the first line beyond the budget. */
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

/** @returns the position of the quote that ends the string which starts at `from` */
function endOfText(json: string, from: number): number {
  for (let i = indexOf(json, '"', from + 1); i > 0; i = indexOf(json, '"', i + 1)) {
    let backslashes = 0;
    while (charCodeAt(json, i - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return i;
  }
  return json.length;
}

function method(name: keyof string): unknown {
  return Function.prototype.call.bind(Reflect.get(String.prototype, name) as never);
}
