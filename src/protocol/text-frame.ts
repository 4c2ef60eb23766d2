/** Longest text whose frame is written here, in UTF-16 units: a longer one costs more to copy than a second chunk to write. */
export const MAX_FRAMED_CHARACTERS = 16_384;

/** FIN and the opcode of a text message: RFC 6455, section 5.2. */
const FINAL_TEXT = 0x81;
const MAX_7_BITS = 125;
const IS_16_BITS = 126;

/**
 * Writes a text message as one unmasked, uncompressed WebSocket frame, header and text in one buffer.
 * @param text at most {@link MAX_FRAMED_CHARACTERS}
 */
export function textFrame(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  // So many characters have at most 49,152 bytes, whose number has 16 bits.
  const header = bytes <= MAX_7_BITS ? 2 : 4;
  const frame = Buffer.allocUnsafe(header + bytes);
  frame[0] = FINAL_TEXT;
  if (header === 2) frame[1] = bytes;
  else {
    frame[1] = IS_16_BITS;
    frame.writeUInt16BE(bytes, 2);
  }
  frame.write(text, header);
  return frame;
}
