import { coded } from '../../boundary/coded-errors.js';
import { TAG } from '../../boundary/native-operations.js';
import { native } from '../kit/native-calls.js';
import { bytesOf } from '../../boundary/latin1.js';

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

/** `crypto.KeyObject` */
export class KeyObject {
  readonly #type: string;

  constructor(source: Source, token?: unknown) {
    if (token !== making) {
      throw coded(new TypeError("The argument 'type' is invalid"), 'ERR_INVALID_ARG_VALUE');
    }
    this.#type = source.type;
    native.written.set(this, (put) =>
      isBytes(source) ? [TAG.secret, ...put(source.bytes)] : [TAG.key, source.handle],
    );
    if (!isBytes(source)) native.track(this, source.handle);
  }

  static from(key: unknown): unknown {
    return native.call('crypto.keyFrom', key);
  }

  get type(): string {
    return this.#type;
  }

  get [Symbol.toStringTag](): string {
    return 'KeyObject';
  }

  export(options?: unknown): unknown {
    return native.call('crypto.key.export', this, options);
  }

  equals(other: unknown): unknown {
    return native.call('crypto.key.equals', this, other);
  }

  toCryptoKey(...args: unknown[]): unknown {
    return native.call('crypto.key.toCryptoKey', this, ...args);
  }
}

class SecretKeyObject extends KeyObject {
  readonly #size: number;

  constructor(bytes: Uint8Array) {
    super({ type: 'secret', bytes }, making);
    this.#size = bytes.length;
  }

  get symmetricKeySize(): number {
    return this.#size;
  }
}

class AsymmetricKeyObject extends KeyObject {
  readonly #source: Asymmetric;

  constructor(source: Asymmetric) {
    super(source, making);
    this.#source = source;
  }

  get asymmetricKeyType(): unknown {
    return this.#source.asymmetricKeyType ?? undefined;
  }

  get asymmetricKeyDetails(): unknown {
    const details = this.#source.asymmetricKeyDetails;
    return typeof details === 'object' && details !== null ? { ...details } : undefined;
  }
}

class PublicKeyObject extends AsymmetricKeyObject {}
class PrivateKeyObject extends AsymmetricKeyObject {}

export const isKeyObject = (value: unknown): value is KeyObject => value instanceof KeyObject;

native.makers.secret = (bytes) => new SecretKeyObject(bytesOf(bytes) ?? new Uint8Array());
native.makers.key = (handle, facts) =>
  facts.type === 'private'
    ? new PrivateKeyObject({ ...facts, handle })
    : new PublicKeyObject({ ...facts, handle });
