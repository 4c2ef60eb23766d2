import decoder from 'string_decoder/lib/string_decoder.js';

type Read = (this: unknown, bytes?: unknown) => string;

const { Buffer } = require('buffer') as {
  Buffer: {
    isBuffer(value: unknown): boolean;
    from(buffer: ArrayBufferLike, offset: number, length: number): unknown;
  };
};
const { prototype } = decoder['StringDecoder'] as { prototype: { write: Read; end: Read } };

/** The port takes Buffers; Node takes any view. */
function takingViews(read: Read): Read {
  return function (bytes) {
    const isOther = ArrayBuffer.isView(bytes) && !Buffer.isBuffer(bytes);
    const given = isOther ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : bytes;
    return Reflect.apply(read, this, given === undefined ? [] : [given]);
  };
}

prototype.write = takingViews(prototype.write);
prototype.end = takingViews(prototype.end);

export default decoder;
