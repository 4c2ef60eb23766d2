import { type Readable, part } from '../kit/parts.js';

/** A ReadableStream of the port, as bodies use it. */
export interface WebStream {
  readonly locked: boolean;
  getReader(): StreamReader;
  cancel(reason?: unknown): Promise<void>;
  tee(): readonly [WebStream, WebStream];
  pipeThrough(transform: object): WebStream;
}
export interface StreamReader {
  read(): Promise<{ readonly done: boolean; readonly value?: unknown }>;
  cancel(reason?: unknown): Promise<void>;
}
export interface ByteController {
  readonly byobRequest: { respond(bytes: number): void } | null;
  enqueue(chunk: Uint8Array): void;
  close(): void;
  error(reason: unknown): void;
}

/* oxlint-disable no-underscore-dangle -- how the port of web streams names its inner state */
interface Inner {
  readonly _disturbed?: boolean;
  readonly _state?: string;
}

export const isDisturbed = (stream: object): boolean =>
  (stream as Inner)._disturbed === true ||
  (stream as Partial<Readable> & { readableDidRead?: boolean }).readableDidRead === true;

export const isReadable = (stream: object): boolean => (stream as Inner)._state === 'readable';

/** Creates a stream of bytes. */
export function byteStream(source: {
  start?(controller: ByteController): void;
  pull(controller: ByteController): void | Promise<void>;
  cancel?(reason: unknown): unknown;
}): WebStream {
  return new (part('web-streams').ReadableStream)({ ...source, type: 'bytes' }) as WebStream;
}

/** Closes a stream, also while a reader waits with a buffer of its own. */
export function closeStream(controller: ByteController): void {
  controller.close();
  controller.byobRequest?.respond(0);
}

/** Reads all of a stream. @throws TypeError for a chunk that is not bytes */
export async function readParts(reader: StreamReader): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts;
    if (!(value instanceof Uint8Array)) throw new TypeError('Received non-Uint8Array chunk');
    parts.push(value);
  }
}
