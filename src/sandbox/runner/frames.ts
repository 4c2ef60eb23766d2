/**
 * Frames on the pipe between gateway and runner, both directions: a 32-bit little-endian length, one byte
 * that says the kind, then that much UTF-8 text less one. Node's own IPC channel is not used: garbage on
 * it raises an uncaught exception in the parent (shared/notes/security.md, finding 3).
 */
const LENGTH_BYTES = 4;
const HEADER_BYTES = LENGTH_BYTES + 1;

/** The bytes on the other end are no frames, or more than was agreed: its process must go. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

export interface Frame {
  readonly kind: number;
  readonly text: string;
}

export function encodeFrame(kind: number, text: string): Buffer {
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(HEADER_BYTES + length);
  frame.writeUInt32LE(length + 1, 0);
  frame[LENGTH_BYTES] = kind;
  frame.write(text, HEADER_BYTES);
  return frame;
}

/** One frame, in pieces to be written after each other. */
export function encodeParts(kind: number, text: readonly (string | Uint8Array)[]): readonly Uint8Array[] {
  if (text.every((part) => typeof part === 'string')) return [encodeFrame(kind, text.join(''))];
  const parts = text.map((part) => (typeof part === 'string' ? Buffer.from(part) : part));
  const head = Buffer.allocUnsafe(HEADER_BYTES);
  head.writeUInt32LE(
    parts.reduce((length, part) => length + part.length, 1),
    0,
  );
  head[LENGTH_BYTES] = kind;
  return [head, ...parts];
}

/** Cuts a byte stream into frames; keeps only the unfinished one. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #buffered = 0;

  /** @param limit most bytes that one frame may have */
  constructor(private readonly limit: number) {}

  /**
   * Calls `take` with each frame that `chunk` completes. Copies what it keeps, so the chunk may be reused.
   * @throws FrameError
   */
  push(chunk: Buffer, take: (frame: Frame) => void): void {
    let rest = chunk;
    if (this.#buffered > 0) {
      this.#chunks.push(Buffer.from(chunk));
      this.#buffered += chunk.length;
      if (this.#buffered < this.#wanted()) return;
      rest = Buffer.concat(this.#chunks, this.#buffered);
      this.#chunks = [];
      this.#buffered = 0;
    }
    while (rest.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + this.#lengthOf(rest);
      if (rest.length < end) break;
      take({ kind: rest[LENGTH_BYTES] ?? 0, text: rest.toString('utf8', HEADER_BYTES, end) });
      rest = rest.subarray(end);
    }
    if (rest.length > 0) {
      this.#chunks = [Buffer.from(rest)];
      this.#buffered = rest.length;
    }
  }

  #wanted(): number {
    const [first] = this.#chunks;
    // Until the length itself is whole, each chunk is worth a look.
    return first === undefined || first.length < LENGTH_BYTES ? 0 : LENGTH_BYTES + this.#lengthOf(first);
  }

  #lengthOf(bytes: Buffer): number {
    const length = bytes.readUInt32LE(0);
    if (length < 1 || length > this.limit) throw new FrameError(`a frame of ${length} bytes`);
    return length;
  }
}
