/**
 * Bytes as Latin-1 text, one character a byte: the form in which few bytes cross the edge of a context, and those of requests.
 * A text is a primitive, so it brings no object of one realm into the other. Other bytes are lent (`byte-operations.ts`).
 */

/** Bytes for one call of `fromCharCode`: the fastest of the sizes that were measured. */
const CHUNK = 4096;

/** A view of the bytes of a buffer or view, or undefined for any other value. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer
    ? new Uint8Array(value)
    : undefined;
}

/** Encodes bytes as Latin-1 text. */
export function toLatin1(bytes: Uint8Array): string {
  if (bytes.length <= CHUNK) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK) as unknown as number[]);
  return text;
}

/** Decodes a part of Latin-1 text. */
export function fromLatin1(text: string, from: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = text.charCodeAt(from + index);
  return bytes;
}
