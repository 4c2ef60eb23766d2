import { part } from '../kit/parts.js';

/*
 * The builtins of this context that files need, each loaded at its first use: most packages that require `fs` read nothing.
 */

export interface Readable {
  push(part: Uint8Array | null): boolean;
  destroy(error?: unknown, then?: () => void): unknown;
}

export function bufferFrom(value: string | Uint8Array, encoding?: string): Uint8Array {
  return part('buffer').Buffer.from(value, encoding);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return part('buffer').Buffer.concat(parts);
}

/** @param bytes a `Buffer` */
export function textIn(bytes: Uint8Array, encoding: string): string {
  return (bytes.toString as (encoding: string) => string).call(bytes, encoding);
}

export function fileUrlToPath(url: string): string {
  return part('url').fileURLToPath(url);
}

export function readable(options: object): Readable {
  return new (part('stream').Readable as unknown as new (options: object) => Readable)(options);
}

export function setImmediate(run: () => void): void {
  part('timers').setImmediate(run);
}
