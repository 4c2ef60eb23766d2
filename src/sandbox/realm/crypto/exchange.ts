import { native } from '../kit/native-calls.js';
import type { Held } from '../kit/wire-decode.js';

/** What the Diffie-Hellman classes share. */
abstract class Exchange {
  readonly #handle: number;
  readonly #kind: 'dh' | 'ecdh';

  constructor(kind: 'dh' | 'ecdh', { handle }: Held) {
    this.#kind = kind;
    this.#handle = handle;
    native.track(this, handle);
  }

  generateKeys(...args: unknown[]): unknown {
    return this.call('generateKeys', args);
  }

  computeSecret(...args: unknown[]): unknown {
    return this.call('computeSecret', args);
  }

  getPublicKey(...args: unknown[]): unknown {
    return this.call('getPublicKey', args);
  }

  getPrivateKey(...args: unknown[]): unknown {
    return this.call('getPrivateKey', args);
  }

  /** Not Node's: for the classes below. */
  protected call(method: string, args: readonly unknown[]): unknown {
    return native.call(`crypto.${this.#kind}.${method}`, this.#handle, ...args);
  }
}

/** A group that is known by name: its keys cannot be set. */
export class DiffieHellmanGroup extends Exchange {
  readonly verifyError: unknown;

  constructor(...args: unknown[]) {
    const held = native.call('crypto.createDiffieHellmanGroup', ...args) as Held;
    super('dh', held);
    this.verifyError = (held.facts as { verifyError: unknown }).verifyError;
  }

  getPrime(...args: unknown[]): unknown {
    return this.call('getPrime', args);
  }

  getGenerator(...args: unknown[]): unknown {
    return this.call('getGenerator', args);
  }
}

export class DiffieHellman extends Exchange {
  readonly verifyError: unknown;

  constructor(...args: unknown[]) {
    const held = native.call('crypto.createDiffieHellman', ...args) as Held;
    super('dh', held);
    this.verifyError = (held.facts as { verifyError: unknown }).verifyError;
  }

  getPrime(...args: unknown[]): unknown {
    return this.call('getPrime', args);
  }

  getGenerator(...args: unknown[]): unknown {
    return this.call('getGenerator', args);
  }

  setPublicKey(...args: unknown[]): unknown {
    return this.call('setPublicKey', args) ?? this;
  }

  setPrivateKey(...args: unknown[]): unknown {
    return this.call('setPrivateKey', args) ?? this;
  }
}

export class ECDH extends Exchange {
  constructor(curve: unknown) {
    super('ecdh', native.call('crypto.createECDH', curve) as Held);
  }

  static convertKey(...args: unknown[]): unknown {
    return native.call('crypto.convertKey', ...args);
  }

  setPrivateKey(...args: unknown[]): unknown {
    return this.call('setPrivateKey', args);
  }
}
