import { native } from '../kit/native-calls.js';
import { X509Certificate } from '../crypto/certificate.js';
import { Cipheriv, Decipheriv } from '../crypto/cipher.js';
import { DiffieHellman, DiffieHellmanGroup, ECDH } from '../crypto/exchange.js';
import { cryptoFunctions } from '../crypto/functions.js';
import { Hash, Hmac } from '../crypto/hash.js';
import { KeyObject } from '../crypto/keys.js';
import { getRandomValues, randomFill, randomFillSync } from '../crypto/random.js';
import { Sign, Verify } from '../crypto/signature.js';
import { accessDenied } from '../../boundary/module-errors.js';

const certificate = (name: string) => (spkac: unknown, encoding?: unknown) =>
  native.call(`crypto.certificate.${name}`, spkac, encoding);

const spkac = {
  exportChallenge: certificate('exportChallenge'),
  exportPublicKey: certificate('exportPublicKey'),
  verifySpkac: certificate('verifySpkac'),
};
/** Signed public keys; as in Node, with `new` or without, or of the class itself. */
const Certificate = Object.assign(function Certificate(): object {
  return Object.create(spkac) as object;
}, spkac);
Certificate.prototype = spkac;

const { crypto: webcrypto } = require('webcrypto') as { crypto: { readonly subtle: unknown } };

function forbidden(name: string) {
  return (): never => {
    throw accessDenied(`crypto.${name}`);
  };
}

const getDiffieHellman = (name: unknown) => new DiffieHellmanGroup(name);

const functions = cryptoFunctions();
const { randomBytes } = functions;

const crypto = {
  ...functions,
  createCipheriv: (...args: unknown[]) => new Cipheriv(...args),
  createDecipheriv: (...args: unknown[]) => new Decipheriv(...args),
  createDiffieHellman: (...args: unknown[]) => new DiffieHellman(...args),
  createDiffieHellmanGroup: getDiffieHellman,
  getDiffieHellman,
  createECDH: (curve: unknown) => new ECDH(curve),
  createHash: (algorithm: unknown, options?: unknown) => new Hash(algorithm, options),
  createHmac: (algorithm: unknown, key: unknown, options?: unknown) => new Hmac(algorithm, key, options),
  createSign: (algorithm: unknown, options?: unknown) => new Sign(algorithm, options),
  createVerify: (algorithm: unknown, options?: unknown) => new Verify(algorithm, options),
  randomFill,
  randomFillSync,
  getRandomValues,
  Certificate,
  Cipheriv,
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
  constants: native.call('crypto.constants'),
  webcrypto,
  subtle: webcrypto.subtle,
  getFips: () => 0,
  setFips: forbidden('setFips'),
  setEngine: forbidden('setEngine'),
  secureHeapUsed: () => ({ total: 0, used: 0, utilization: 0, min: 0 }),
};

// Names of old, which are not listed.
for (const name of ['prng', 'pseudoRandomBytes', 'rng'])
  Object.defineProperty(crypto, name, { value: randomBytes, writable: true, configurable: true });
Object.defineProperty(crypto, 'fips', { value: false, configurable: true });

/** Node's own algorithms, called over the border of the context; see `runner/native`. */
export default crypto;
