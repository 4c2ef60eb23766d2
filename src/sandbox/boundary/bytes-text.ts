/** Characters given to one call of `fromCharCode`: the fastest of what was measured. */
const CHUNK = 4096;

/** A view of the bytes of a buffer or view, or undefined for anything else. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer
    ? new Uint8Array(value)
    : undefined;
}

/** As Latin-1 text, one character a byte: the only form in which bytes leave a context. */
export function textOfBytes(bytes: Uint8Array): string {
  if (bytes.length <= CHUNK) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK) as unknown as number[]);
  return text;
}

export function bytesOfText(text: string, from: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = text.charCodeAt(from + index);
  return bytes;
}
