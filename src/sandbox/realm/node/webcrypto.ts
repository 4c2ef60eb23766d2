import { native } from '../kit/native-calls.js';
import { CryptoKey } from '../crypto/crypto-key.js';
import { getRandomValues as fillRandom } from '../crypto/random.js';

const METHODS: Readonly<Record<string, number>> = {
  encrypt: 3,
  decrypt: 3,
  sign: 3,
  verify: 4,
  digest: 2,
  generateKey: 3,
  deriveKey: 5,
  deriveBits: 2,
  importKey: 5,
  exportKey: 2,
  wrapKey: 4,
  unwrapKey: 7,
  getPublicKey: 2,
  encapsulateBits: 2,
  encapsulateKey: 5,
  decapsulateBits: 3,
  decapsulateKey: 6,
};

const making = Symbol('making');

function illegal(): Error {
  return Object.assign(new TypeError('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
}

/** The standard's `SubtleCrypto`: each call is Node's own. */
class SubtleCrypto {
  constructor(token?: unknown) {
    if (token !== making) throw illegal();
  }

  get [Symbol.toStringTag](): string {
    return 'SubtleCrypto';
  }

  static {
    for (const [name, length] of Object.entries(METHODS)) {
      if (!native.has(`subtle.${name}`)) continue;
      const method = {
        [name]: (...args: unknown[]) =>
          new Promise((resolve, reject) => {
            native.start(
              (error, value) => {
                if (error === null) resolve(value);
                else reject(error);
              },
              `subtle.${name}`,
              ...args,
            );
          }),
      }[name];
      Object.defineProperty(method, 'length', { value: length, configurable: true });
      Object.defineProperty(this.prototype, name, {
        value: method,
        writable: true,
        configurable: true,
        enumerable: true,
      });
    }
  }
}

const subtle = new SubtleCrypto(making);

/** The standard's `Crypto`. */
class Crypto {
  constructor(token?: unknown) {
    if (token !== making) throw illegal();
  }

  get subtle(): SubtleCrypto {
    return subtle;
  }

  get [Symbol.toStringTag](): string {
    return 'Crypto';
  }

  getRandomValues(array: unknown): unknown {
    return fillRandom(array);
  }

  randomUUID(options?: unknown): unknown {
    return native.call('crypto.randomUUID', options);
  }
}
for (const name of ['subtle', 'getRandomValues', 'randomUUID'])
  Object.defineProperty(Crypto.prototype, name, { enumerable: true });

/** The web's cryptography, which Node has as globals and in `node:crypto`. */
export default { crypto: new Crypto(making), Crypto, SubtleCrypto, CryptoKey };
