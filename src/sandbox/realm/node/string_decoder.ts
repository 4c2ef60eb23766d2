import decoder from 'string_decoder/lib/string_decoder.js';

type Read = (this: unknown, bytes?: unknown) => string;

const { Buffer } = require('buffer') as {
  Buffer: {
    isBuffer(value: unknown): boolean;
    isEncoding(name: unknown): boolean;
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

const Port = decoder['StringDecoder'] as new (encoding?: unknown) => object;

/** The port's error for an encoding that there is not has no code. */
decoder['StringDecoder'] = class StringDecoder extends Port {
  constructor(encoding?: unknown) {
    if (encoding !== undefined && encoding !== null && !Buffer.isEncoding(encoding)) {
      throw Object.assign(new TypeError(`Unknown encoding: ${String(encoding)}`), {
        code: 'ERR_UNKNOWN_ENCODING',
      });
    }
    super(encoding);
  }
};

export default decoder;
