// WebSocket frames (RFC 6455), made and read by hand: a client library would refuse to send most of what attacks send.

export const OPCODE = { continuation: 0x0, text: 0x1, close: 0x8, ping: 0x9, pong: 0xa };

/** Not zero: `ws` skips the unmasking then, and an attack would cost the service less than it can. */
const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
const FIN = 0x80;
const MASKED = 0x80;

function lengthBytes(length) {
  if (length < 126) return Buffer.from([MASKED | length]);
  const bytes = Buffer.alloc(length < 65_536 ? 3 : 9);
  bytes[0] = MASKED | (length < 65_536 ? 126 : 127);
  if (length < 65_536) bytes.writeUInt16BE(length, 1);
  else bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

function masked(payload) {
  const bytes = Buffer.from(payload);
  for (let i = 0; i < bytes.length; i++) bytes[i] ^= MASK[i & 3];
  return bytes;
}

/**
 * One masked frame.
 * @param payload text or bytes
 * @param fin whether the message ends with it
 */
export function frame(payload, { opcode = OPCODE.text, fin = true } = {}) {
  const body = masked(payload);
  return Buffer.concat([Buffer.from([(fin ? FIN : 0) | opcode]), lengthBytes(body.length), MASK, body]);
}

/** A message of two fragments. */
export const fragmented = (head, tail) =>
  Buffer.concat([frame(head, { fin: false }), frame(tail, { opcode: OPCODE.continuation })]);

/** A message in fragments of `size` bytes each. */
export function inFragments(payload, size) {
  const bytes = Buffer.from(payload);
  const parts = [];
  for (let at = 0; at < bytes.length; at += size) {
    parts.push(
      frame(bytes.subarray(at, at + size), {
        opcode: at === 0 ? OPCODE.text : OPCODE.continuation,
        fin: at + size >= bytes.length,
      }),
    );
  }
  return Buffer.concat(parts);
}

/** Reads the frames of a server, which are not masked. */
export class FrameReader {
  #pending = Buffer.alloc(0);

  /** @returns for each whole frame `{ opcode, payload }` */
  read(chunk) {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const frames = [];
    for (;;) {
      const whole = this.#next();
      if (whole === undefined) return frames;
      frames.push(whole);
    }
  }

  #next() {
    const bytes = this.#pending;
    if (bytes.length < 2) return undefined;
    const short = bytes[1] & 0x7f;
    const headLength = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length < headLength) return undefined;
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    const end = headLength + length;
    if (bytes.length < end) return undefined;
    this.#pending = bytes.subarray(end);
    return { opcode: bytes[0] & 0xf, payload: bytes.subarray(headLength, end) };
  }
}
