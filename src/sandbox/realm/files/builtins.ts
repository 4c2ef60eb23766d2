/*
 * The builtins of this context that files need, each loaded at its first use: most packages that require `fs` read nothing.
 */

type BufferClass = {
  from(value: string | Uint8Array, encoding?: string): Uint8Array;
  concat(parts: readonly Uint8Array[]): Uint8Array;
};

export interface Readable {
  push(part: Uint8Array | null): boolean;
  destroy(error?: unknown, then?: () => void): unknown;
}

const buffers = (): BufferClass => (require('buffer') as { Buffer: BufferClass }).Buffer;

export function bufferFrom(value: string | Uint8Array, encoding?: string): Uint8Array {
  return buffers().from(value, encoding);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return buffers().concat(parts);
}

/** @param bytes a `Buffer` */
export function textIn(bytes: Uint8Array, encoding: string): string {
  return (bytes.toString as (encoding: string) => string).call(bytes, encoding);
}

export function fileUrlToPath(url: string): string {
  return (require('url') as { fileURLToPath(url: string): string }).fileURLToPath(url);
}

export function readable(options: object): Readable {
  return new (require('stream') as { Readable: new (options: object) => Readable }).Readable(options);
}

export function setImmediate(run: () => void): void {
  (require('timers') as { setImmediate(run: () => void): void }).setImmediate(run);
}
