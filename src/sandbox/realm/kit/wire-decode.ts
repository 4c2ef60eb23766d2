import {
  type BytesKind,
  type CryptoKeyFacts,
  type KeyFacts,
  TAG,
  type Wire,
  type WireError,
} from '../../boundary/native-operations.js';
import { domException } from './errors.js';
import { type Makers, part as builtin } from './parts.js';

type Tagged = readonly [tag: string, ...rest: unknown[]];

/** The result of a call that created an object in the runner. */
export interface Held {
  readonly handle: number;
  readonly facts: unknown;
}

/** Decodes the result of a call. @param bytes belong to the result */
export function decodeValue(wire: Wire, bytes: Uint8Array<ArrayBuffer>, makers: Makers): unknown {
  /** A result that is one piece of bytes needs no copy. */
  const part = (offset: number, length: number): Uint8Array<ArrayBuffer> =>
    length === bytes.length ? bytes : bytes.slice(offset, offset + length);

  function decode(value: Wire): unknown {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return tagged(value as unknown as Tagged);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decode(inner as Wire)]));
  }

  function tagged([tag, ...rest]: Tagged): unknown {
    const [first, second, third] = rest as [number, number, unknown];
    switch (tag) {
      case TAG.array:
        return (rest as Wire[]).map((item) => decode(item));
      case TAG.number:
        return Number(rest[0]);
      case TAG.bigint:
        return BigInt(first);
      case TAG.bytes:
        return asKind(part(first, second), third as BytesKind);
      case TAG.secret:
        return makers.secret(part(first, second));
      case TAG.key: {
        const { type, asymmetricKeyType, asymmetricKeyDetails = null } = second as unknown as KeyFacts;
        return makers.key(first, {
          type,
          asymmetricKeyType: decode(asymmetricKeyType ?? null) as string,
          asymmetricKeyDetails: decode(asymmetricKeyDetails) as Wire,
        });
      }
      case TAG.cryptoKey: {
        const facts = second as unknown as CryptoKeyFacts;
        return makers.cryptoKey(first, { ...facts, algorithm: decode(facts.algorithm) });
      }
      case TAG.object:
        return { handle: first, facts: decode(second) } satisfies Held;
      default:
        return undefined;
    }
  }

  return decode(wire);
}

function asKind(bytes: Uint8Array<ArrayBuffer>, kind: BytesKind): unknown {
  if (kind === 'ArrayBuffer') return bytes.buffer;
  if (kind === 'Uint8Array') return bytes;
  return builtin('buffer').Buffer.from(bytes.buffer);
}

const ERRORS: Readonly<Record<string, ErrorConstructor>> = {
  __proto__: null as never,
  TypeError,
  RangeError,
  SyntaxError,
  URIError,
};

/** Creates Node's error anew, in this realm. */
export function errorOf({ name, message, dom, more }: WireError): Error {
  if (dom === true) return domException(message, name);
  return Object.assign(new (ERRORS[name] ?? Error)(message), more);
}
