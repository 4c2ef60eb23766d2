import { SUBTLE_METHODS } from '../../boundary/node-functions.js';
import { define, defineReadOnly, makeEnumerable } from '../kit/define.js';
import { illegalConstructor, invalidThis } from '../kit/errors.js';
import { native } from '../kit/native-calls.js';
import { CryptoKey } from '../crypto/crypto-key.js';
import { fillRandomValues, randomUUID } from '../crypto/random.js';

const making = Symbol('making');

/** The standard's `SubtleCrypto`: each call is Node's own. */
class SubtleCrypto {
  constructor(...[token]: [token?: unknown]) {
    if (token !== making) throw illegalConstructor();
  }

  get [Symbol.toStringTag](): string {
    return 'SubtleCrypto';
  }

  static {
    for (const name of Object.keys(SUBTLE_METHODS) as (keyof typeof SUBTLE_METHODS)[]) {
      if (!native.has(`subtle.${name}`)) continue;
      const method = {
        async [name](this: unknown, ...args: unknown[]) {
          return new Promise((resolve, reject) => {
            if (this !== subtle) throw invalidThis('SubtleCrypto');
            native.start(
              (error, value) => {
                if (error === null) resolve(value);
                else reject(error);
              },
              `subtle.${name}`,
              ...args,
            );
          });
        },
      }[name] as object;
      defineReadOnly(method, 'length', SUBTLE_METHODS[name]);
      define(this.prototype, name, method);
    }
  }
}

const subtle = new SubtleCrypto(making);

/** The standard's `Crypto`. */
class Crypto {
  constructor(...[token]: [token?: unknown]) {
    if (token !== making) throw illegalConstructor();
  }

  get subtle(): SubtleCrypto {
    checkThis(this);
    return subtle;
  }

  get [Symbol.toStringTag](): string {
    return 'Crypto';
  }

  getRandomValues(array: unknown): unknown {
    checkThis(this);
    return fillRandomValues(array);
  }

  randomUUID(...[options]: [options?: unknown]): unknown {
    checkThis(this);
    return randomUUID(options);
  }
}
makeEnumerable(Crypto.prototype, ['subtle', 'getRandomValues', 'randomUUID']);

const crypto = new Crypto(making);

function checkThis(value: unknown): void {
  if (value !== crypto) throw invalidThis('Crypto');
}

/** The Web Crypto API; Node has it as globals and in `node:crypto`. */
export default { crypto, Crypto, SubtleCrypto, CryptoKey };
