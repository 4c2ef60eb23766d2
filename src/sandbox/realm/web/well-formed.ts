const { toWellFormed } = String.prototype as unknown as { toWellFormed: (this: string) => string };
const { apply } = Reflect;

/** Replaces lone surrogates, as encoding to UTF-8 does. */
export function wellFormed(text: string): string {
  return apply(toWellFormed, text, []);
}
