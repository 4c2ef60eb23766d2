import { TAG } from '../../boundary/native-operations.js';
import { CRYPTO_OBJECTS, X509_FIELDS } from '../../boundary/node-functions.js';
import { defineAccessor, defineHidden } from '../kit/define.js';
import { native } from '../kit/native-calls.js';
import type { Held } from '../kit/wire-decode.js';

/** `crypto.X509Certificate` */
export class X509Certificate {
  readonly #facts: Readonly<Record<string, unknown>>;
  #publicKey: unknown;

  constructor(source: unknown) {
    const { handle, facts } = native.call('crypto.X509Certificate', source) as Held;
    this.#facts = facts as Readonly<Record<string, unknown>>;
    native.written.set(this, () => [TAG.object, handle]);
    native.track(this, handle);
  }

  static {
    for (const field of X509_FIELDS) {
      defineAccessor(this.prototype, field, {
        get(this: X509Certificate) {
          return this.#facts[field];
        },
      });
    }
    for (const field of ['validFrom', 'validTo'] as const) {
      defineAccessor(this.prototype, `${field}Date`, {
        get(this: X509Certificate) {
          return new Date(this.#facts[field] as string);
        },
      });
    }
    for (const method of CRYPTO_OBJECTS.x509.methods) {
      const methods = {
        value(this: X509Certificate, ...args: unknown[]) {
          return native.call(`crypto.x509.${method}`, this, ...args);
        },
      };
      defineHidden(this.prototype, method, methods.value);
    }
  }

  get publicKey(): unknown {
    this.#publicKey ??= native.call('crypto.x509.publicKey', this);
    return this.#publicKey;
  }

  toString(): unknown {
    return this.#facts['pem'];
  }

  toJSON(): unknown {
    return this.toString();
  }
}
