import { KeyObject, X509Certificate, type webcrypto } from 'node:crypto';
import { certificateFacts } from './certificate.js';
import { isCryptoKey } from './decode.js';
import type { Handles } from './handles.js';
import {
  type BytesKind,
  type CryptoKeyFacts,
  type KeyFacts,
  type Reply,
  TAG,
  type Wire,
} from '../../boundary/native-operations.js';

/** Most bytes of one reply. */
const MAX_REPLY_BYTES = 256 * 1024 * 1024;

/** An object of Node's with state: the context gets its handle, and these facts. */
export class Stateful {
  constructor(
    readonly object: object,
    readonly facts: unknown = null,
  ) {}
}

interface Encoded {
  /** A reply as JSON. */
  readonly reply: string;
  /** The bytes that it mentions. */
  readonly bytes: Uint8Array;
}

const NO_BYTES = Buffer.alloc(0);

/**
 * Writes what Node's function gave as a reply.
 * @throws RangeError when it is too large; TypeError for an object of a kind that no operation gives
 */
export function encodeValue(value: unknown, handles: Handles): Encoded {
  const chunks: Buffer[] = [];
  const wire = new Encoder(chunks, handles).encode(value);
  const [first = NO_BYTES] = chunks;
  const bytes = chunks.length > 1 ? Buffer.concat(chunks) : first;
  const reply: Reply = { value: wire, ...(bytes.length > 0 && { bytes: bytes.length }) };
  return { reply: JSON.stringify(reply), bytes };
}

class Encoder {
  #offset = 0;

  constructor(
    private readonly chunks: Buffer[],
    private readonly handles: Handles,
  ) {}

  encode(value: unknown): Wire {
    switch (typeof value) {
      case 'undefined':
        return [TAG.undefined];
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) ? value : [TAG.number, String(value)];
      case 'bigint':
        return [TAG.bigint, String(value)];
      case 'object':
        return value === null ? null : this.#object(value);
      default:
        throw new TypeError('the result cannot be serialized');
    }
  }

  #object(value: object): Wire {
    if (ArrayBuffer.isView(value)) {
      const { buffer, byteOffset, byteLength } = value;
      const view = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
      return [TAG.bytes, ...this.#put(view), kindOf(value)];
    }
    if (value instanceof ArrayBuffer) return [TAG.bytes, ...this.#put(Buffer.from(value)), kindOf(value)];
    if (Array.isArray(value)) return [TAG.array, ...value.map((item) => this.encode(item))];
    if (value instanceof KeyObject) return this.#key(value);
    if (isCryptoKey(value)) return this.#cryptoKey(value);
    if (value instanceof X509Certificate)
      return [TAG.object, this.handles.add(value), this.encode(certificateFacts(value))];
    if (value instanceof Stateful)
      return [TAG.object, this.handles.add(value.object), this.encode(value.facts)];
    return this.#plain(value);
  }

  #plain(value: object): Wire {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype)
      throw new TypeError('the result cannot be serialized');
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.encode(inner)]));
  }

  #put(bytes: Buffer): [offset: number, length: number] {
    const offset = this.#offset;
    this.#offset += bytes.length;
    if (this.#offset > MAX_REPLY_BYTES)
      throw new RangeError(`the result is larger than ${MAX_REPLY_BYTES} bytes`);
    this.chunks.push(bytes);
    return [offset, bytes.length];
  }

  #key(key: KeyObject): Wire {
    if (key.type === 'secret') return [TAG.secret, ...this.#put(key.export())];
    const { type, asymmetricKeyType, asymmetricKeyDetails } = key;
    const facts: KeyFacts = {
      type,
      asymmetricKeyType: this.encode(asymmetricKeyType),
      asymmetricKeyDetails: this.encode(asymmetricKeyDetails),
    };
    return [TAG.key, this.handles.add(key), facts];
  }

  #cryptoKey(key: webcrypto.CryptoKey): Wire {
    const { type, extractable, algorithm, usages } = key;
    const facts: CryptoKeyFacts = { type, extractable, algorithm: this.encode(algorithm), usages };
    return [TAG.cryptoKey, this.handles.add(key), facts];
  }
}

function kindOf(value: object): BytesKind {
  if (value instanceof ArrayBuffer) return 'ArrayBuffer';
  return Buffer.isBuffer(value) ? 'Buffer' : 'Uint8Array';
}
