import { accessDenied } from '../../boundary/coded-errors.js';
import { Certificate, X509Certificate } from '../crypto/certificate.js';
import { Cipher, Cipheriv, Decipher, Decipheriv } from '../crypto/cipher.js';
import { DiffieHellman, DiffieHellmanGroup, ECDH } from '../crypto/diffie-hellman.js';
import { cryptoFunctions } from '../crypto/functions.js';
import { Hash, Hmac } from '../crypto/hash.js';
import { KeyObject } from '../crypto/keys.js';
import { fillRandomValues, randomFill, randomFillSync } from '../crypto/random.js';
import { shape } from '../crypto/shape.js';
import { Sign, Verify } from '../crypto/signature.js';
import { define, defineAccessor, defineConstant, defineHidden } from '../kit/define.js';
import { shapeAs } from '../kit/function-shapes.js';
import { native } from '../kit/native-calls.js';
import { part } from '../kit/parts.js';

/* Plain functions, as Node's are: packages call them with `new`, too. */

function createHash(algorithm: unknown, options?: unknown): object {
  return new Hash(algorithm, options);
}
function createHmac(hmac: unknown, key: unknown, options?: unknown): object {
  return new Hmac(hmac, key, options);
}
function createCipheriv(cipher: unknown, key: unknown, iv: unknown, options?: unknown): object {
  return new Cipheriv(cipher, key, iv, options);
}
function createDecipheriv(cipher: unknown, key: unknown, iv: unknown, options?: unknown): object {
  return new Decipheriv(cipher, key, iv, options);
}
function createCipher(cipher: unknown, password: unknown, options?: unknown): object {
  return new Cipher(cipher, password, options);
}
function createDecipher(cipher: unknown, password: unknown, options?: unknown): object {
  return new Decipher(cipher, password, options);
}
function createDiffieHellman(
  sizeOrKey: unknown,
  keyEncoding: unknown,
  generator: unknown,
  encoding: unknown,
): object {
  return new DiffieHellman(sizeOrKey, keyEncoding, generator, encoding);
}
function createDiffieHellmanGroup(name: unknown): object {
  return new DiffieHellmanGroup(name);
}
function createECDH(curve: unknown): object {
  return new ECDH(curve);
}
function createSign(algorithm: unknown, options?: unknown): object {
  return new Sign(algorithm, options);
}
function createVerify(algorithm: unknown, options?: unknown): object {
  return new Verify(algorithm, options);
}
function getFips(): number {
  return 0;
}
function secureHeapUsed(): object {
  return { total: 0, used: 0, utilization: 0, min: 0 };
}
function getRandomValues(array: unknown): unknown {
  return fillRandomValues(array);
}

function forbidden(name: string) {
  return function (): never {
    throw accessDenied(`crypto.${name}`);
  };
}

const hasCreateCipher = native.has('crypto.createCipher');

const functions = {
  ...cryptoFunctions(),
  createCipheriv,
  createDecipheriv,
  createDiffieHellman,
  createDiffieHellmanGroup,
  createECDH,
  createHash,
  createHmac,
  createSign,
  createVerify,
  getDiffieHellman: createDiffieHellmanGroup,
  randomFill,
  randomFillSync,
  setEngine: forbidden('setEngine'),
  getFips,
  setFips: forbidden('setFips'),
};
shapeAs(shape.functions, { ...functions, createCipher, createDecipher, secureHeapUsed, getRandomValues });

const crypto: Record<string, unknown> = {
  ...functions,
  Certificate,
  ...(hasCreateCipher && { Cipher }),
  Cipheriv,
  ...(hasCreateCipher && { Decipher }),
  Decipheriv,
  DiffieHellman,
  DiffieHellmanGroup,
  ECDH,
  Hash,
  Hmac,
  KeyObject,
  Sign,
  Verify,
  X509Certificate,
  secureHeapUsed,
};

// Deprecated names are not enumerable.
if (hasCreateCipher) {
  defineConstant(crypto, 'createCipher', createCipher, false);
  defineConstant(crypto, 'createDecipher', createDecipher, false);
}
defineAccessor(crypto, 'fips', { get: getFips, set: functions.setFips }, false, false);
defineConstant(crypto, 'constants', native.call('crypto.constants'), true);
const { crypto: webcrypto } = part('webcrypto');
defineAccessor(crypto, 'webcrypto', { get: () => webcrypto }, true, false);
defineAccessor(crypto, 'subtle', { get: () => webcrypto.subtle }, true, false);
defineAccessor(crypto, 'getRandomValues', { get: () => getRandomValues }, true, false);
for (const name of ['prng', 'pseudoRandomBytes', 'rng'])
  defineAccessor(crypto, name, {
    get(this: object) {
      defineHidden(this, name, crypto['randomBytes']);
      return crypto['randomBytes'];
    },
    set(this: object, value) {
      define(this, name, value);
    },
  });

/** Node's own algorithms, called across the edge of the context: see `runner/native`. */
export default crypto;
