/** Replaces lone surrogates, as encoding to UTF-8 does. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}
