import decoder from 'string_decoder/lib/string_decoder.js';
import { unknownEncoding } from '../kit/errors.js';
import { part } from '../kit/parts.js';

type Read = (this: unknown, bytes?: unknown) => string;

const { Buffer } = part('buffer');
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

/** The port's error for an unknown encoding has no code. */
decoder['StringDecoder'] = class StringDecoder extends Port {
  constructor(encoding?: unknown) {
    if (encoding !== undefined && encoding !== null && !Buffer.isEncoding(encoding)) {
      throw unknownEncoding(encoding);
    }
    super(encoding);
  }
};

export default decoder;
