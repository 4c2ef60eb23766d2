import { TAG } from '../../boundary/native-operations.js';
import { CRYPTO_OBJECTS, SPKAC_FUNCTIONS, X509_FIELDS } from '../../boundary/node-functions.js';
import { define, defineAccessor, defineHidden, defineReadOnly, named } from '../kit/define.js';
import { native } from '../kit/native-calls.js';
import { type CallableClass, oldClass } from '../kit/old-class.js';
import { part } from '../kit/parts.js';
import type { Held } from '../kit/wire-decode.js';
import { shape } from './shape.js';

type Facts = Readonly<Record<string, unknown>>;

/** Marks the constructor's call for a certificate of the runner that already has its handle. */
const held = Symbol('held');

/** Fields that `util.inspect` does not show. */
const NOT_SHOWN = new Set(['raw', 'ca', 'signatureAlgorithm', 'signatureAlgorithmOid']);

/** The `length` of each method. */
const ARGUMENTS: Readonly<Record<(typeof CRYPTO_OBJECTS)['x509']['methods'][number], number>> = {
  checkEmail: 2,
  checkHost: 2,
  checkIP: 2,
  checkIssued: 1,
  checkPrivateKey: 1,
  verify: 1,
  toLegacyObject: 0,
};

/** `crypto.X509Certificate` */
export class X509Certificate {
  readonly #facts: Facts;
  #publicKey: unknown;
  #issuer: X509Certificate | undefined;

  constructor(buffer: unknown) {
    const { handle, facts } = isHeld(buffer)
      ? buffer[held]
      : (native.call('crypto.X509Certificate', buffer) as Held);
    this.#facts = facts as Facts;
    native.written.set(this, () => [TAG.object, handle]);
    native.track(this, handle);
  }

  static {
    for (const field of X509_FIELDS) {
      if (!shape.certificate.includes(field)) continue;
      defineAccessor(this.prototype, field, {
        get(this: X509Certificate) {
          return this.#facts[field];
        },
      });
    }
    for (const field of ['validFrom', 'validTo'] as const) {
      if (!shape.certificate.includes(`${field}Date`)) continue;
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
      defineReadOnly(methods.value, 'length', ARGUMENTS[method]);
      defineHidden(this.prototype, method, named(method, methods.value));
    }
  }

  get issuerCertificate(): X509Certificate | undefined {
    const issuer = (this.#issuer ?? native.call('crypto.x509.issuerCertificate', this)) as Held | undefined;
    return (this.#issuer ??= issuer && new X509Certificate({ [held]: issuer }));
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

  [Symbol.for('nodejs.util.inspect.custom')](
    depth: number,
    options: { readonly depth?: number | null },
  ): unknown {
    if (depth < 0) return this;
    const shown = X509_FIELDS.filter((field) => !NOT_SHOWN.has(field));
    const inner = {
      ...options,
      depth: options.depth === undefined || options.depth === null ? null : options.depth - 1,
    };
    const facts = Object.fromEntries(shown.map((field) => [field, this.#facts[field]]));
    return `X509Certificate ${part('inspect').inspect(facts, inner)}`;
  }
}

function isHeld(value: unknown): value is { readonly [held]: Held } {
  return typeof value === 'object' && value !== null && held in value;
}

/** `crypto.Certificate`, for SPKAC: its functions are its own, too. */
export const Certificate: CallableClass<[], object> = oldClass<[], object>('Certificate', function () {
  return this instanceof Certificate ? undefined : new Certificate();
});
// As Node lists them.
for (const name of [
  'verifySpkac',
  'exportPublicKey',
  'exportChallenge',
] satisfies (typeof SPKAC_FUNCTIONS)[number][])
  define(Certificate.prototype, name, spkacFunction(name));
for (const name of SPKAC_FUNCTIONS) define(Certificate, name, (Certificate.prototype as Facts)[name]);

function spkacFunction(name: (typeof SPKAC_FUNCTIONS)[number]): object {
  return named(name, function (spkac: unknown, encoding?: unknown): unknown {
    return native.call(`crypto.certificate.${name}`, spkac, encoding);
  });
}
