/**
 * Frames on the pipe between gateway and runner, both directions: a 32-bit little-endian length, one byte
 * that says the kind, then that much UTF-8 text less one. Node's own IPC channel is not used: garbage on
 * it raises an uncaught exception in the parent (shared/notes/security.md, finding 3).
 */
const LENGTH_BYTES = 4;
const HEADER_BYTES = LENGTH_BYTES + 1;
/** Chunks are merged with their neighbours until they are so long: as long as a read of a pipe. */
const MERGED_BYTES = 65_536;

/** The bytes on the other end are no frames, or more than was agreed: its process must go. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** One frame; its bytes are a view of what was read, and become text only when that is asked for. */
export class Frame {
  constructor(
    readonly kind: number,
    readonly bytes: Buffer,
  ) {}

  get text(): string {
    return this.bytes.toString('utf8');
  }
}

export function encodeFrame(kind: number, text: string): Buffer {
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(HEADER_BYTES + length);
  frame.writeUInt32LE(length + 1, 0);
  frame[LENGTH_BYTES] = kind;
  frame.write(text, HEADER_BYTES);
  return frame;
}

/** A frame that is no longer is written in one piece: to copy it takes less than several writes. */
const COPIED_BYTES = 16 * 1024;

/** One frame, in pieces to be written after each other: those that are long are not copied. */
export function encodeParts(kind: number, text: readonly (string | Uint8Array)[]): readonly Uint8Array[] {
  if (text.every((part) => typeof part === 'string')) return [encodeFrame(kind, text.join(''))];
  const parts = text.map((part) => (typeof part === 'string' ? Buffer.from(part) : part));
  const length = parts.reduce((sum, part) => sum + part.length, 1);
  const head = Buffer.allocUnsafe(HEADER_BYTES);
  head.writeUInt32LE(length, 0);
  head[LENGTH_BYTES] = kind;
  const pieces = [head, ...parts];
  return length <= COPIED_BYTES ? [Buffer.concat(pieces)] : pieces;
}

/** Cuts a byte stream into frames, one at a time; whoever reads may stop between two of them. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #buffered = 0;
  readonly #limitOf: (kind: number) => number;

  /** @param limit most bytes that one frame may have, its kind included; or what says so for each kind */
  constructor(limit: number | ((kind: number) => number)) {
    this.#limitOf = typeof limit === 'number' ? () => limit : limit;
  }

  /** Bytes that came and were not cut into frames yet. */
  get buffered(): number {
    return this.#buffered;
  }

  /** Adds bytes to the stream. The chunk is kept, so it must not be overwritten. */
  add(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    this.#merge();
  }

  /**
   * @returns the next frame; undefined until it is whole
   * @throws FrameError as soon as length and kind are known, when a frame of that kind may not be so long
   */
  next(): Frame | undefined {
    if (this.#buffered < HEADER_BYTES) return undefined;
    const header = this.#peek();
    const length = header.readUInt32LE(0);
    const kind = header[LENGTH_BYTES] ?? 0;
    if (length < 1 || length > this.#limitOf(kind))
      throw new FrameError(`a frame of kind ${kind} and ${length} bytes`);
    const end = LENGTH_BYTES + length;
    if (this.#buffered < end) return undefined;
    return new Frame(kind, this.#cut(end).subarray(HEADER_BYTES));
  }

  /**
   * Adds a chunk, and calls `take` with each frame that it completes. Copies what it keeps, so the chunk may be
   * overwritten once this has returned; the frames are views of it.
   * @throws FrameError
   */
  push(chunk: Buffer, take: (frame: Frame) => void): void {
    this.add(chunk);
    for (let frame = this.next(); frame !== undefined; frame = this.next()) take(frame);
    const last = this.#chunks.pop();
    if (last !== undefined) this.#chunks.push(Buffer.from(last));
  }

  /** A long frame that comes byte by byte must not take a buffer for each of them. */
  #merge(): void {
    for (;;) {
      const [before, last] = this.#chunks.slice(-2);
      if (before === undefined || last === undefined) return;
      if (last.length >= MERGED_BYTES || last.length < before.length) return;
      this.#chunks.splice(-2, 2, Buffer.concat([before, last]));
    }
  }

  #peek(): Buffer {
    const [first] = this.#chunks;
    if (first !== undefined && first.length >= HEADER_BYTES) return first;
    return Buffer.concat(this.#chunks, HEADER_BYTES);
  }

  /** Takes so many bytes, which are there, from the front. */
  #cut(length: number): Buffer {
    this.#buffered -= length;
    const [first] = this.#chunks;
    if (first !== undefined && first.length > length) {
      this.#chunks[0] = first.subarray(length);
      return first.subarray(0, length);
    }
    const bytes = first?.length === length ? first : Buffer.concat(this.#chunks, length);
    // Whatever was not taken is the end of the last chunk that was.
    let left = length;
    let taken = 0;
    for (; left > 0; taken += 1) left -= this.#chunks[taken]?.length ?? left;
    const last = this.#chunks[taken - 1];
    this.#chunks.splice(0, taken, ...(left < 0 && last !== undefined ? [last.subarray(left)] : []));
    return bytes;
  }
}
