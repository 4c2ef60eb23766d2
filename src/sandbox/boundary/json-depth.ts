const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Taken once: the intrinsics of a runner are frozen, which makes a method look-up for each character slow. */
const charCodeAt = method('charCodeAt') as (text: string, at: number) => number;
const indexOf = method('indexOf') as (text: string, part: string, from: number) => number;

/** Whether arrays and objects in this JSON text are nested more than `limit` deep. */
export function isDeeper(json: string, limit: number): boolean {
  // Each level takes an opening and a closing character: short texts, the most, need no look.
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

/** @returns the place of the quote that ends the text which starts at `from` */
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
