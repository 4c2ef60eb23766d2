import { createHash, timingSafeEqual } from 'node:crypto';

/** The HTTP header with the secret, as in the upstream README. Node provides header names in lower case. */
export const SECRET_HEADER = 'x-runtime-secret';

function sha256(text: string | Uint8Array): Buffer {
  return createHash('sha256').update(text).digest();
}

/** SHA-256 of a secret's UTF-8 bytes, in hexadecimal. */
export function hashOf(secret: string): string {
  return sha256(secret).toString('hex');
}

/**
 * The hashes of a header value under both encodings. Node decodes header bytes as Latin-1, while some clients (Python's
 * `websockets`) send UTF-8. So the same secret may arrive in two forms.
 */
export function hashesOf(presented: string): readonly [asText: string, asBytes: string] {
  return [hashOf(presented), sha256(Buffer.from(presented, 'latin1')).toString('hex')];
}

/**
 * Compares a header value with the secret in constant time. Both are hashed first, so that the time reveals neither the
 * position of the first wrong character nor the secret's length.
 */
export function isSameSecret(presented: string, secret: string): boolean {
  const expected = Buffer.from(hashOf(secret));
  return hashesOf(presented).filter((hash) => timingSafeEqual(Buffer.from(hash), expected)).length > 0;
}
