import type { OperationName } from '../../boundary/node-functions.js';
import { native } from '../kit/native-calls.js';
import type { Held } from '../kit/wire-decode.js';

/** The common base of the Diffie-Hellman classes. */
abstract class KeyExchange {
  readonly #handle: number;
  readonly #kind: 'dh' | 'ecdh';

  constructor(kind: 'dh' | 'ecdh', { handle }: Held) {
    this.#kind = kind;
    this.#handle = handle;
    native.track(this, handle);
  }

  generateKeys(...args: unknown[]): unknown {
    return this.call(`crypto.${this.#kind}.generateKeys`, args);
  }

  computeSecret(...args: unknown[]): unknown {
    return this.call(`crypto.${this.#kind}.computeSecret`, args);
  }

  getPublicKey(...args: unknown[]): unknown {
    return this.call(`crypto.${this.#kind}.getPublicKey`, args);
  }

  getPrivateKey(...args: unknown[]): unknown {
    return this.call(`crypto.${this.#kind}.getPrivateKey`, args);
  }

  /** Node has no such method; it is for the classes below. */
  protected call(operation: OperationName, args: readonly unknown[]): unknown {
    return native.call(operation, this.#handle, ...args);
  }
}

/** A group that is known by name; its keys cannot be set. */
export class DiffieHellmanGroup extends KeyExchange {
  readonly verifyError: unknown;

  constructor(...args: unknown[]) {
    const held = native.call('crypto.createDiffieHellmanGroup', ...args) as Held;
    super('dh', held);
    this.verifyError = (held.facts as { verifyError: unknown }).verifyError;
  }

  getPrime(...args: unknown[]): unknown {
    return this.call('crypto.dh.getPrime', args);
  }

  getGenerator(...args: unknown[]): unknown {
    return this.call('crypto.dh.getGenerator', args);
  }
}

export class DiffieHellman extends KeyExchange {
  readonly verifyError: unknown;

  constructor(...args: unknown[]) {
    const held = native.call('crypto.createDiffieHellman', ...args) as Held;
    super('dh', held);
    this.verifyError = (held.facts as { verifyError: unknown }).verifyError;
  }

  getPrime(...args: unknown[]): unknown {
    return this.call('crypto.dh.getPrime', args);
  }

  getGenerator(...args: unknown[]): unknown {
    return this.call('crypto.dh.getGenerator', args);
  }

  setPublicKey(...args: unknown[]): unknown {
    return this.call('crypto.dh.setPublicKey', args) ?? this;
  }

  setPrivateKey(...args: unknown[]): unknown {
    return this.call('crypto.dh.setPrivateKey', args) ?? this;
  }
}

export class ECDH extends KeyExchange {
  constructor(curve: unknown) {
    super('ecdh', native.call('crypto.createECDH', curve) as Held);
  }

  static convertKey(...args: unknown[]): unknown {
    return native.call('crypto.convertKey', ...args);
  }

  setPrivateKey(...args: unknown[]): unknown {
    return this.call('crypto.ecdh.setPrivateKey', args);
  }
}
