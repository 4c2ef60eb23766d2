import {
  type BytesKind,
  type CryptoKeyFacts,
  type KeyFacts,
  TAG,
  type Wire,
  type WireError,
} from '../../boundary/native-operations.js';
import { bytesOfText } from '../../boundary/bytes-text.js';

/** Makes of a handle the object that stands for one of Node's. */
export interface Makers {
  key(handle: number, facts: KeyFacts & { asymmetricKeyDetails?: unknown }): object;
  secret(bytes: Uint8Array): object;
  cryptoKey(handle: number, facts: Omit<CryptoKeyFacts, 'algorithm'> & { algorithm: unknown }): object;
}

type Tagged = readonly [tag: string, ...rest: unknown[]];

/** What a call that made an object of Node's with state gives. */
export interface Held {
  readonly handle: number;
  readonly facts: unknown;
}

export function decodeValue(wire: Wire, text: string, from: number, makers: Makers): unknown {
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
        return asKind(bytesOfText(text, from + first, second), third as BytesKind);
      case TAG.secret:
        return makers.secret(bytesOfText(text, from + first, second));
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
  const { Buffer } = require('buffer') as { Buffer: { from(buffer: ArrayBuffer): unknown } };
  return Buffer.from(bytes.buffer);
}

const ERRORS: Readonly<Record<string, ErrorConstructor>> = {
  __proto__: null as never,
  TypeError,
  RangeError,
  SyntaxError,
};

/** Node's error, made anew here. */
export function errorOf({ name, message, dom, more }: WireError): Error {
  if (dom === true) {
    const { DOMException } = require('event-target') as {
      DOMException: new (message: string, name: string) => Error;
    };
    return new DOMException(message, name);
  }
  const made = new (ERRORS[name] ?? Error)(message);
  return Object.assign(made, more);
}
