import { createHash, timingSafeEqual } from 'node:crypto';

/** The HTTP header that carries the secret (the seed README's); Node gives header names in lower case. */
export const SECRET_HEADER = 'x-runtime-secret';

function sha256(text: string | Uint8Array): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * Whether a header's value is the secret. Both sides are hashed first, so that neither the place of the first
 * wrong character nor the secret's length shows in the time taken.
 *
 * Node reads a header's bytes as Latin-1 while some clients (Python's `websockets`) write UTF-8, so the same
 * secret is known in both forms.
 */
export function isSameSecret(presented: string, secret: string): boolean {
  const expected = sha256(secret);
  const asText = timingSafeEqual(sha256(presented), expected);
  const asBytes = timingSafeEqual(sha256(Buffer.from(presented, 'latin1')), expected);
  return asText || asBytes;
}
