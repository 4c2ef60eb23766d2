import { TAG } from '../../boundary/native-operations.js';
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
    const fields = [
      'subject',
      'subjectAltName',
      'issuer',
      'infoAccess',
      'validFrom',
      'validTo',
      'validFromDate',
      'validToDate',
      'fingerprint',
      'fingerprint256',
      'fingerprint512',
      'keyUsage',
      'serialNumber',
      'signatureAlgorithm',
      'signatureAlgorithmOid',
      'raw',
      'ca',
    ];
    for (const field of fields) {
      Object.defineProperty(this.prototype, field, {
        get(this: X509Certificate) {
          const value = this.#facts[field];
          return field.endsWith('Date') ? new Date(this.#facts[field.slice(0, -4)] as string) : value;
        },
        configurable: true,
      });
    }
    for (const method of ['checkEmail', 'checkHost', 'checkIP', 'checkIssued', 'checkPrivateKey', 'verify']) {
      Object.defineProperty(this.prototype, method, {
        value(this: X509Certificate, ...args: unknown[]) {
          return native.call(`crypto.x509.${method}`, this, ...args);
        },
        writable: true,
        configurable: true,
      });
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
