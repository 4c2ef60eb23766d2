/**
 * Frames on the pipe between gateway and runner, both directions: a 32-bit little-endian length, one byte
 * that says the kind, then that much UTF-8 text less one. Node's own IPC channel is not used: garbage on its
 * descriptor raises an uncaught SyntaxError in the parent, so an escaped script could kill the gateway.
 */
const LENGTH_BYTES = 4;
const HEADER_BYTES = LENGTH_BYTES + 1;
const NOTHING = Buffer.alloc(0);
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
  /** What is there and was not cut: the first chunk from the offset on, then the others whole. */
  #first: Buffer = NOTHING;
  #offset = 0;
  #others: Buffer[] = [];
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
    if (this.#buffered === 0) {
      this.#first = chunk;
      this.#offset = 0;
    } else {
      this.#others.push(chunk);
      this.#merge();
    }
    this.#buffered += chunk.length;
  }

  /**
   * @returns the next frame; undefined until it is whole
   * @throws FrameError as soon as length and kind are known, when a frame of that kind may not be so long
   */
  next(): Frame | undefined {
    if (this.#buffered < HEADER_BYTES) return undefined;
    if (this.#first.length - this.#offset < HEADER_BYTES) this.#join();
    const length = this.#first.readUInt32LE(this.#offset);
    const kind = this.#first[this.#offset + LENGTH_BYTES] ?? 0;
    if (length < 1 || length > this.#limitOf(kind))
      throw new FrameError(`a frame of kind ${kind} and ${length} bytes`);
    if (this.#buffered < LENGTH_BYTES + length) return undefined;
    if (this.#first.length - this.#offset < LENGTH_BYTES + length) this.#join();
    const start = this.#offset;
    this.#offset += LENGTH_BYTES + length;
    this.#buffered -= LENGTH_BYTES + length;
    const frame = new Frame(kind, this.#first.subarray(start + HEADER_BYTES, this.#offset));
    if (this.#buffered === 0) this.#first = NOTHING;
    return frame;
  }

  /**
   * Adds a chunk, and calls `take` with each frame that it completes. Copies what it keeps, so the chunk may be
   * overwritten once this has returned; the frames are views of it.
   * @throws FrameError
   */
  push(chunk: Buffer, take: (frame: Frame) => void): void {
    this.add(chunk);
    for (let frame = this.next(); frame !== undefined; frame = this.next()) take(frame);
    if (this.#buffered === 0) return;
    const last = this.#others.pop();
    if (last !== undefined) return void this.#others.push(Buffer.from(last));
    this.#first = Buffer.from(this.#first.subarray(this.#offset));
    this.#offset = 0;
  }

  /** A long frame that comes byte by byte must not take a buffer for each of them. */
  #merge(): void {
    for (;;) {
      const before = this.#others.at(-2);
      const last = this.#others.at(-1);
      if (before === undefined || last === undefined) return;
      if (last.length >= MERGED_BYTES || last.length < before.length) return;
      this.#others.splice(-2, 2, Buffer.concat([before, last]));
    }
  }

  /** A frame is over several chunks: they become one. */
  #join(): void {
    this.#first = Buffer.concat([this.#first.subarray(this.#offset), ...this.#others]);
    this.#offset = 0;
    this.#others = [];
  }
}
