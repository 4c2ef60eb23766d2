import { createHash, timingSafeEqual } from 'node:crypto';

/** The HTTP header that carries the secret (the seed README's); Node gives header names in lower case. */
export const SECRET_HEADER = 'x-runtime-secret';

function sha256(text: string | Uint8Array): Buffer {
  return createHash('sha256').update(text).digest();
}

/** SHA-256 of a secret's UTF-8, in hexadecimal digits: a secret is known again by it, and not read from it. */
export function hashOf(secret: string): string {
  return sha256(secret).toString('hex');
}

/**
 * The hashes that a header's value may be known by. Node reads a header's bytes as Latin-1 while some clients (Python's
 * `websockets`) write UTF-8, so the same secret is known in both forms.
 */
export function hashesOf(presented: string): readonly [asText: string, asBytes: string] {
  return [hashOf(presented), sha256(Buffer.from(presented, 'latin1')).toString('hex')];
}

/**
 * Whether a header's value is the secret. Both sides are hashed first, so that neither the place of the first
 * wrong character nor the secret's length shows in the time taken.
 */
export function isSameSecret(presented: string, secret: string): boolean {
  const expected = Buffer.from(hashOf(secret));
  return hashesOf(presented).filter((hash) => timingSafeEqual(Buffer.from(hash), expected)).length > 0;
}
