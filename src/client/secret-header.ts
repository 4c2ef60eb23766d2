/** The service's header; its own name for it is in `auth`, which no client loads. */
const SECRET_HEADER = 'x-runtime-secret';

/**
 * The header that carries the secret; none for an absent or empty one. One line break at the end is left out, as a file
 * ends in one, and the service leaves it out, too. Characters past Latin-1 go as the bytes of their UTF-8.
 * @throws TypeError when no header can carry the secret; the message does not show it
 */
export function secretHeader(secret: unknown): Readonly<Record<string, string>> {
  if (secret === undefined) return {};
  if (typeof secret !== 'string') throw new TypeError('secret must be a string');
  const text = secret.replace(/\r?\n$/, '');
  if (/\p{Cc}/u.test(text)) {
    throw new TypeError(
      'secret contains a line break or another control character, which an HTTP header cannot carry',
    );
  }
  if (text !== text.trim()) {
    throw new TypeError('secret must not start or end with a space: HTTP removes it');
  }
  return text === '' ? {} : { [SECRET_HEADER]: latin1(text) };
}

/** Node writes a header's characters as Latin-1 bytes, and refuses others. */
function latin1(text: string): string {
  if (!/[^\0-\xff]/.test(text)) return text;
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCodePoint(byte)).join('');
}
