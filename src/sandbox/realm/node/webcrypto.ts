import { SUBTLE_METHODS } from '../../boundary/node-functions.js';
import { define, defineReadOnly, makeEnumerable } from '../kit/define.js';
import { illegalConstructor } from '../kit/errors.js';
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
    return subtle;
  }

  get [Symbol.toStringTag](): string {
    return 'Crypto';
  }

  getRandomValues(array: unknown): unknown {
    return fillRandomValues(array);
  }

  randomUUID(...[options]: [options?: unknown]): unknown {
    return randomUUID(options);
  }
}
makeEnumerable(Crypto.prototype, ['subtle', 'getRandomValues', 'randomUUID']);

/** The Web Crypto API; Node has it as globals and in `node:crypto`. */
export default { crypto: new Crypto(making), Crypto, SubtleCrypto, CryptoKey };
