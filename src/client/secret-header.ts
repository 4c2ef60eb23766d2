/** Same value as `SECRET_HEADER` in `src/auth`, which the client must not import. */
const SECRET_HEADER = 'x-runtime-secret';

/**
 * Returns the header for the secret, or no header if the secret is absent or empty. One trailing line break is removed,
 * because files end in one; the service does the same. Characters outside Latin-1 are sent as UTF-8 bytes.
 * @throws TypeError if the secret is not a valid header value; the message does not contain the secret
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

/** Node writes header values as Latin-1, and rejects other characters. */
function latin1(text: string): string {
  if (!/[^\0-\xff]/.test(text)) return text;
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCodePoint(byte)).join('');
}
