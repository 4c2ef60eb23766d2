import { KeyObject, X509Certificate, createSecretKey, type webcrypto } from 'node:crypto';
import type { Handles } from './handles.js';
import { type BytesKind, TAG } from '../../boundary/native-operations.js';

const { isArray } = Array;

export const isKey = (object: object): object is KeyObject => object instanceof KeyObject;
/** A global, which the types of Node 20 do not tell of. */
const { CryptoKey } = globalThis as unknown as { readonly CryptoKey: abstract new () => webcrypto.CryptoKey };
export const isCryptoKey = (object: object): object is webcrypto.CryptoKey => object instanceof CryptoKey;
export const isCertificate = (object: object): object is X509Certificate => object instanceof X509Certificate;

/**
 * Decodes the arguments of a call. The bytes are the operation's own. A script may have sent anything: data is copied, a handle stands only for an object of the
 * same context, and a function cannot be expressed.
 * @throws TypeError for an invalid argument
 */
export function decodeArguments(json: string, data: Buffer, handles: Handles): unknown[] {
  const list: unknown = JSON.parse(json);
  if (!isArray(list)) throw invalidArguments();
  return list.map((item: unknown) => decode(item, data, handles));
}

function decode(wire: unknown, data: Buffer, handles: Handles): unknown {
  if (wire === null || typeof wire !== 'object') return wire;
  if (isArray(wire)) return decodeTagged(wire, data, handles);
  const object: object = {};
  for (const [key, inner] of Object.entries(wire)) {
    // Not assigned: `__proto__` is a name as any other.
    const value = decode(inner, data, handles);
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  }
  return object;
}

function decodeTagged([tag, ...rest]: readonly unknown[], data: Buffer, handles: Handles): unknown {
  const [first, second] = rest;
  switch (tag) {
    case TAG.array:
      return rest.map((item) => decode(item, data, handles));
    case TAG.undefined:
      return undefined;
    case TAG.number:
      return Number(first);
    case TAG.bigint:
      return BigInt(String(first));
    case TAG.bytes: {
      const bytes = part(data, first, second);
      // Node takes one for some arguments only.
      return rest[2] === ('ArrayBuffer' satisfies BytesKind) ? new Uint8Array(bytes).buffer : bytes;
    }
    case TAG.secret:
      return createSecretKey(part(data, first, second));
    case TAG.key:
      return handles.get(first, isKey);
    case TAG.cryptoKey:
      return handles.get(first, isCryptoKey);
    case TAG.object:
      return handles.get(first, isCertificate);
    case TAG.other:
      // Node refuses it as it refuses a function.
      return Symbol('a function');
    default:
      throw invalidArguments();
  }
}

function part(data: Buffer, offset: unknown, length: unknown): Buffer {
  const isInside =
    Number.isSafeInteger(offset) &&
    Number.isSafeInteger(length) &&
    Number(offset) >= 0 &&
    Number(length) >= 0 &&
    Number(offset) + Number(length) <= data.length;
  if (!isInside) throw invalidArguments();
  return data.subarray(Number(offset), Number(offset) + Number(length));
}

function invalidArguments(): TypeError {
  return new TypeError('invalid argument');
}
