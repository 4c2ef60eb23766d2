import { coded, invalidArgument } from '../../boundary/coded-errors.js';
import { bytesOf } from '../../boundary/latin1.js';
import { TAG } from '../../boundary/native-operations.js';
import { defineHidden, defineReadOnly } from '../kit/define.js';
import { native } from '../kit/native-calls.js';
import { part } from '../kit/parts.js';
import { shape } from './shape.js';

interface Asymmetric {
  readonly type: string;
  readonly handle: number;
  readonly asymmetricKeyType?: unknown;
  readonly asymmetricKeyDetails?: unknown;
}
/** A secret key has its bytes here; any other key stands for a key of Node in the runner. */
type Source = { readonly type: 'secret'; readonly bytes: Uint8Array } | Asymmetric;

const isBytes = (source: Source): source is Source & { readonly bytes: Uint8Array } => 'bytes' in source;

/** Only this module constructs keys. */
const making = Symbol('making');
const TYPES: ReadonlySet<unknown> = new Set(['secret', 'public', 'private']);

/** What a key stands for; undefined for any other value. */
let sourceOf: (value: unknown) => Source | undefined;

/** `crypto.KeyObject` */
export class KeyObject {
  readonly #source: Source;

  constructor(type: unknown, handle: unknown);
  constructor(token: typeof making, source: Source);
  constructor(type: unknown, source: unknown) {
    if (type !== making) {
      if (!TYPES.has(type)) {
        throw coded(
          new TypeError(`The argument 'type' is invalid. Received ${part('inspect').inspect(type)}`),
          'ERR_INVALID_ARG_VALUE',
        );
      }
      throw invalidArgument('handle', 'of type object', source);
    }
    const own = source as Source;
    this.#source = own;
    native.written.set(this, (put) =>
      isBytes(own) ? [TAG.secret, ...put(own.bytes)] : [TAG.key, own.handle],
    );
    if (!isBytes(own)) native.track(this, own.handle);
  }

  static from(key: unknown): unknown {
    return native.call('crypto.keyFrom', key);
  }

  static {
    sourceOf = (value) =>
      typeof value === 'object' && value !== null && #source in value ? value.#source : undefined;
  }

  get type(): string {
    return this.#source.type;
  }

  equals(otherKeyObject: unknown): unknown {
    if (!isKeyObject(otherKeyObject))
      throw invalidArgument('otherKeyObject', 'an instance of KeyObject', otherKeyObject);
    return native.call('crypto.key.equals', this, otherKeyObject);
  }
}
defineReadOnly(KeyObject.prototype, Symbol.toStringTag, 'KeyObject');
if (shape.key.includes('toCryptoKey')) {
  const newer = {
    toCryptoKey(this: KeyObject, algorithm: unknown, extractable: unknown, usages: unknown): unknown {
      return native.call('crypto.key.toCryptoKey', this, algorithm, extractable, usages);
    },
  };
  defineHidden(KeyObject.prototype, 'toCryptoKey', newer.toCryptoKey);
}

class SecretKeyObject extends KeyObject {
  constructor(bytes: Uint8Array) {
    super(making, { type: 'secret', bytes });
  }

  get symmetricKeySize(): number | undefined {
    return secretBytes(this)?.length;
  }

  export(options?: unknown): unknown {
    return native.call('crypto.key.export', this, options);
  }
}

class AsymmetricKeyObject extends KeyObject {
  readonly #facts: Asymmetric;

  constructor(source: Asymmetric) {
    super(making, source);
    this.#facts = source;
  }

  get asymmetricKeyType(): unknown {
    return this.#facts.asymmetricKeyType ?? undefined;
  }

  get asymmetricKeyDetails(): unknown {
    const details = this.#facts.asymmetricKeyDetails;
    return typeof details === 'object' && details !== null ? { ...details } : undefined;
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  export(options?: unknown): unknown {
    return native.call('crypto.key.export', this, options);
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  export(options?: unknown): unknown {
    return native.call('crypto.key.export', this, options);
  }
}

export function isKeyObject(value: unknown): value is KeyObject {
  return sourceOf(value) !== undefined;
}

/** The bytes of a secret key; undefined for another key, or any other value. */
export function secretBytes(value: unknown): Uint8Array | undefined {
  const source = sourceOf(value);
  return source !== undefined && isBytes(source) ? source.bytes : undefined;
}

native.makers.secret = (bytes) => new SecretKeyObject(bytesOf(bytes) ?? new Uint8Array());
native.makers.key = (handle, facts) =>
  facts.type === 'private'
    ? new PrivateKeyObject({ ...facts, handle })
    : new PublicKeyObject({ ...facts, handle });
native.keyComparisons.sameKeyObjects = (a, b) => {
  if (!isKeyObject(a)) return undefined;
  return isKeyObject(b) && native.call('crypto.key.equals', a, b) === true;
};
