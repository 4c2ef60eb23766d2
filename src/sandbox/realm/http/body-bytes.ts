import { bytesOf } from '../../boundary/bytes-text.js';

interface Bytes {
  from(data: unknown, encoding?: string): Uint8Array;
}

/** The context's own. */
export const buffer = () => (require('buffer') as { Buffer: Bytes }).Buffer;

/** In Base64. */
export function encoded(text: string): string {
  return (buffer().from(text) as unknown as { toString(encoding: string): string }).toString('base64');
}

/** What a script writes: text, or bytes of any kind. */
export function toBytes(chunk: unknown, encoding: unknown): Uint8Array {
  if (typeof chunk !== 'string') return bytesOf(chunk) ?? buffer().from(chunk);
  return buffer().from(chunk, typeof encoding === 'string' && encoding !== 'buffer' ? encoding : 'utf8');
}
